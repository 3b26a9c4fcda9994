import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { jsonOf, type Line, lines } from "@concierge/core/observe/line.ts"
import { heardBy, keepSteps } from "@concierge/core/observe/steps.ts"
import { traceLines } from "@concierge/core/operate/traceLines.ts"
import { traceUpdate } from "@concierge/core/operate/traceUpdate.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Tracer from "effect/Tracer"
import * as TestClock from "effect/testing/TestClock"
import { openLogFile } from "../../../packages/local/log/LogFile.ts"
import * as LogLines from "../../../packages/local/log/LogLines.ts"
import { requested } from "../../../packages/local/log/requested.ts"
import { drain, receive, tell } from "../../layers/drive.ts"
import { native } from "../../layers/nativeTracer.ts"
import { rateLimited, TelegramTest } from "../../layers/telegram.ts"
import { botId, inWorld } from "../../layers/testWorld.ts"
import { says, somebody, taps } from "../../layers/updates.ts"
import { asked } from "../forgetting/asked.ts"

/** Runs with a log in files, as one machine has it. */
const withFiles = <E, R>(test: (directory: string) => Effect.Effect<void, E, R>) =>
  Effect.acquireUseRelease(
    Effect.sync(() => mkdtempSync(join(tmpdir(), "concierge-trace-"))),
    (directory) => {
      const file = openLogFile(directory)
      const logger = Logger.map(lines, (line: Line) => file.write(line.timestamp, jsonOf(line)))
      const layer = Layer.mergeAll(
        Logger.layer([logger]),
        Layer.succeed(Tracer.Tracer, heardBy(native, keepSteps)),
        LogLines.layer(directory),
      )
      return Effect.provide(test(directory), layer, { local: true }).pipe(Effect.ensuring(Effect.sync(file.close)))
    },
    (directory) => Effect.sync(() => rmSync(directory, { recursive: true })),
  )

const shown = (updateId: number) =>
  Effect.map(traceUpdate(botId, updateId), (trace) => ({ ...trace, text: traceLines(trace).join("\n") }))

describe("the trace of an update", () => {
  it.effect("has every attempt at it with its calls, and what is stored, and no word of the person's", () =>
    withFiles(() =>
      Effect.gen(function* () {
        const telegram = yield* TelegramTest
        telegram.script.push(...Array.from({ length: 2 }, () => rateLimited(600)))
        const ana = somebody({ first_name: "Zephyquin" })
        const start = yield* says(ana, "/start ref_Vexonquar")
        yield* tell(Effect.succeed(start), says(somebody(), "/start"))
        const { event, left, text } = yield* shown(start.update_id)
        assert.strictEqual(event?.outcome, "applied")
        assert.deepStrictEqual(left, [])
        const lines = text.split("\n").map((line) => line.trim())
        assert.strictEqual(lines[0], `Update ${start.update_id}: start by telegram_${ana.id}`)
        const worked = lines.filter((line) => line.includes("  worker   "))
        assert.match(worked[0] ?? "", /outcome put off, reason limited/)
        assert.match(worked.at(-1) ?? "", /outcome applied, .*step video, .*attempt 1/)
        assert.isTrue(lines.some((line) => /^\d+(\.\d)? ms {2}Users\.commit \d/.test(line)))
        assert.match(text, /stored {4}first seen .*, 2 deliveries, applied at /)
        assert.notMatch(text, /Zephyquin|Vexonquar/)
        assert.notInclude(text, String(start.update_id + 1))
      }),
    ).pipe(inWorld),
  )

  it.effect("has the request too, however much later a worker has it first", () =>
    withFiles(() =>
      Effect.gen(function* () {
        const start = yield* says(somebody(), "/start")
        yield* requested(receive(start), "request-1")
        yield* TestClock.adjust("3 days")
        yield* drain
        const { lines, text } = yield* shown(start.update_id)
        const said = lines.map(({ message }) => message)
        assert.deepStrictEqual([said[0], said.at(-1)], ["request", "update"])
        assert.match(text, /stored {4}first seen 2026-03-07/)
      }),
    ).pipe(inWorld),
  )

  it.effect("says what is left when the person is forgotten, when the log is over, and of what never came", () =>
    withFiles(() =>
      Effect.gen(function* () {
        const telegram = yield* TelegramTest
        telegram.script.push(...Array.from({ length: 2 }, () => rateLimited(86_400)))
        const ana = somebody()
        const start = yield* says(ana, "/start")
        yield* tell(Effect.succeed(start))
        yield* tell(taps(ana, (yield* asked(ana)).yes))
        const gone = yield* shown(start.update_id)
        assert.notProperty(gone.event, "userId")
        assert.match(gone.left.join(), /The event names nobody.*The log has their id until 2026-03-19/)
        assert.include(gone.text, "outcome applied")
        const unknown = yield* shown(1)
        assert.match(unknown.left.join(), /Nothing is known of it.* a full disk takes none/)
        yield* TestClock.adjust("15 days")
        const late = yield* says(somebody(), "/start")
        yield* tell(Effect.succeed(late))
        const old = yield* shown(start.update_id)
        assert.match(old.left.join(), /The log is gone: it is kept 14 days/)
        assert.strictEqual(old.event?.outcome, "applied")
      }),
    ).pipe(inWorld),
  )
})
