import { readdirSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { withEnvironment } from "../../packages/local/aws/sdk.ts"
import { attributesOf, collector } from "../layers/collector.ts"
import { concierge } from "./operator/concierge.ts"
import { eventually } from "./support/eventually.ts"
import { start } from "./support/Host.ts"
import { ask } from "./support/http.ts"
import { temporaryDirectory } from "./support/process.ts"

describe("one machine that is watched", () => {
  it.live("tells a collector, the terminal, a file, its page and the operator of the same update", () =>
    Effect.gen(function* () {
      const there = yield* collector
      const data = join(yield* temporaryDirectory, "data")
      const host = yield* start({ CONCIERGE_DATA: data, LOG_FORMAT: "json", ...there.environment })
      const id = yield* host.send({ chatId: 7, from: { first_name: "Zephyquin" }, text: "/start ref_Vexonquar" })
      yield* host.outcome(id)

      const shown = yield* eventually(
        "both lines in the log",
        Effect.map(ask(`${host.url}/sandbox/events/${id}/trace`), ({ text }) =>
          text.includes("  worker   ") ? text : undefined,
        ),
      )
      assert.match(shown, /^[\d:.]{12} {2}webhook {2}outcome accepted, status 200, durationMs [\d.]+, correlationId /m)
      assert.match(shown, /^[\d:.]{12} {2}worker {3}outcome applied, step video, method sendVideo, result Sent, /m)
      assert.match(shown, /^stored {4}first seen .*, applied at /m)
      assert.notMatch(shown, /Zephyquin|Vexonquar/)

      yield* withEnvironment({ CONCIERGE_DATA: data })
      assert.strictEqual((yield* concierge("trace", String(id))).stdout.trimEnd(), shown.trimEnd())
      assert.match(readdirSync(join(data, "log")).join(), /^\d{4}-\d\d-\d\d\.jsonl$/)

      const lines = host.process
        .stdout()
        .split("\n")
        .flatMap((line) => (line.startsWith("{") ? [JSON.parse(line)] : []))
        .filter(({ updateId }) => updateId === id)
      assert.deepStrictEqual(
        lines.map(({ level, message }) => [level, message]),
        [
          ["INFO", "request"],
          ["INFO", "update"],
        ],
      )
      assert.strictEqual(lines[0].correlationId, lines[1].correlationId)

      // What is left goes when it is stopped.
      yield* host.process.kill("SIGTERM")
      assert.deepStrictEqual(there.refused, [])
      const ofUpdate = there.spans.filter(({ name }) => name === "processUpdate")
      const producers = there.spans.filter(({ name }) => name === "send UpdateQueue")
      assert.sameMembers(
        ofUpdate.flatMap(({ links }) => links.map(({ spanId }) => spanId)),
        producers.map(({ spanId }) => spanId),
      )
      assert.isNotEmpty(producers)
      assert.includeMembers(there.metrics, ["concierge.UpdatesAccepted", "concierge.StartToVideo"])
      assert.isTrue(there.logs.some(({ body }) => body.stringValue === "update"))
      const [{ attributes = [] } = {}] = there.resources
      assert.deepInclude(attributesOf({ attributes }), { "service.name": "concierge" })
      assert.notMatch(there.text(), /Zephyquin|Vexonquar/)
    }),
  )
})
