import { existsSync, readdirSync, statSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { withEnvironment } from "../../packages/local/aws/sdk.ts"
import { stepOf } from "../fixtures/concierge.ts"
import { concierge } from "./operator/concierge.ts"
import { start } from "./support/Host.ts"
import { temporaryDirectory } from "./support/process.ts"

describe("a backup", () => {
  it.live("is taken while the host runs, and restored it goes on where they were", () =>
    Effect.gen(function* () {
      const place = yield* temporaryDirectory
      const [data, copy] = [join(place, "data"), join(place, "copy.tgz")]
      const settings = { CONCIERGE_DATA: data, LOG_LEVEL: "Warn" }
      yield* withEnvironment({ CONCIERGE_DATA: data })
      yield* Effect.scoped(
        Effect.gen(function* () {
          const host = yield* start(settings)
          yield* host.outcome(yield* host.send({ chatId: 1, text: "/start ref_kept" }))
          assert.deepInclude(yield* concierge("backup", copy), { status: 0, stderr: "" })
          yield* host.outcome(yield* host.send({ chatId: 1, callbackData: stepOf("voice").data }))
          assert.match((yield* concierge("backup", copy)).stderr, /is there already/)
          const early = yield* concierge("restore", copy, "--yes")
          assert.deepInclude(early, { status: 2, stdout: "" })
          assert.match(early.stderr, /is in use: stop the host first/)
        }),
      )
      assert.strictEqual(statSync(copy).mode & 0o777, 0o600)
      assert.isFalse(existsSync(`${copy}.half`))
      assert.match((yield* concierge("restore", copy)).stderr, /say --yes/)
      assert.deepInclude(yield* concierge("restore", join(place, "none"), "--yes"), { status: 2, stdout: "" })
      assert.deepInclude(yield* concierge("restore", copy, "--yes"), { status: 0, stderr: "" })
      assert.notInclude(readdirSync(data).join(), "-wal")
      assert.lengthOf(
        readdirSync(place).filter((name) => name.startsWith("data.before-")),
        1,
      )
      const host = yield* start(settings)
      assert.deepInclude(yield* host.user(1), { state: stepOf("video").state, ref_code: "ref_kept" })
      yield* host.outcome(yield* host.send({ chatId: 1, callbackData: stepOf("voice").data }))
      assert.strictEqual((yield* host.user(1))?.state, stepOf("voice").state)
    }),
  )
})
