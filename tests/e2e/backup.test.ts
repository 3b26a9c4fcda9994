import { existsSync, readdirSync, renameSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { backup, restore } from "../../packages/local/backup/backup.ts"
import { stepOf } from "../fixtures/concierge.ts"
import { start } from "./support/Host.ts"
import { temporaryDirectory } from "./support/process.ts"

describe("a backup", () => {
  it.live("is taken while the host runs, and restored it goes on where they were", () =>
    Effect.gen(function* () {
      const place = yield* temporaryDirectory
      const [data, copy] = [join(place, "data"), join(place, "copy")]
      const settings = { CONCIERGE_DATA: data, LOG_LEVEL: "Warn" }
      yield* Effect.scoped(
        Effect.gen(function* () {
          const host = yield* start(settings)
          yield* host.outcome(yield* host.send({ chatId: 1, text: "/start ref_kept" }))
          yield* backup(data, copy)
          yield* host.outcome(yield* host.send({ chatId: 1, callbackData: stepOf("voice").data }))
          assert.match((yield* Effect.flip(backup(data, copy))).advice, /is there already/)
          assert.match((yield* Effect.flip(restore(copy, data))).advice, /stop the host and move it aside/)
        }),
      )
      assert.notInclude(readdirSync(copy).join(), "-wal")
      assert.isFalse(existsSync(`${copy}.half`))
      renameSync(data, join(place, "aside"))
      yield* restore(copy, data)
      const host = yield* start(settings)
      assert.deepInclude(yield* host.user(1), { state: stepOf("video").state, ref_code: "ref_kept" })
      yield* host.outcome(yield* host.send({ chatId: 1, callbackData: stepOf("voice").data }))
      assert.strictEqual((yield* host.user(1))?.state, stepOf("voice").state)
      assert.match((yield* Effect.flip(backup(place, join(place, "none")))).advice, /holds no Concierge/)
    }),
  )
})
