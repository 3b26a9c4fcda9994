import { jsonOf, type Line, lines } from "@concierge/core/observe/line.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Logger from "effect/Logger"

/** The lines that are logged, as they are written. */
const written = Effect.fnUntraced(function* (logging: Effect.Effect<unknown>) {
  const texts: Array<string> = []
  const logger = Logger.map(lines, (line: Line) => void texts.push(jsonOf(line)))
  yield* Effect.provide(logging, Logger.layer([logger]), { local: true })
  return texts
})

const circular: Record<string, unknown> = { name: "ring" }
circular.self = circular

const throwing = {
  toJSON: () => {
    throw new Error("not me")
  },
}

describe("a line of the log", () => {
  it.effect.each([
    ["64 KB", "x".repeat(65_536)],
    ["64 KB deep inside", { a: [{ b: "x".repeat(65_536) }] }],
    ["newlines", "one\ntwo\r\nthree\u2028four"],
    ["half a character", "\ud83d"],
    ["64 KB of emoji", "🎈".repeat(16_384)],
    ["a ring", circular],
    ["a big integer", 2n ** 70n],
    ["what throws when it is written", throwing],
    ["a function, a symbol, nothing", [() => {}, Symbol("s"), undefined]],
    ["not a number", Number.NaN],
  ] as const)("is one line of JSON that has its time, level and message, whatever is in it: %s", ([, value]) =>
    Effect.gen(function* () {
      const texts = yield* written(
        Effect.logWarning("hello", { value }).pipe(Effect.annotateLogs({ value, updateId: 7, outcome: "applied" })),
      )
      assert.lengthOf(texts, 1)
      const [text = ""] = texts
      assert.notMatch(text, /[\n\r]/)
      assert.isAtMost(Buffer.byteLength(text), 65_536)
      const line = JSON.parse(text)
      assert.deepInclude(line, { level: "WARN", message: "hello" })
      assert.isFalse(Number.isNaN(Date.parse(line.timestamp)))
      if (value !== throwing) assert.deepInclude(line, { updateId: 7, outcome: "applied" })
    }),
  )

  it.effect("keeps its own fields where an annotation has their names, and is never taken for metrics", () =>
    Effect.gen(function* () {
      const hostile = {
        level: "TRACE",
        message: "other",
        timestamp: "never",
        _aws: { CloudWatchMetrics: [] },
        details: 1,
      }
      const [text = ""] = yield* written(Effect.logError("mine", { _aws: 1 }).pipe(Effect.annotateLogs(hostile)))
      const line = JSON.parse(text)
      assert.deepInclude(line, { level: "ERROR", message: "mine", details: [{ _aws: 1 }] })
      assert.notStrictEqual(line.timestamp, "never")
      assert.notProperty(line, "_aws")
    }),
  )
})
