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

/** Arrays in arrays, as many as this. */
const nested = (depth: number): unknown => {
  let value: unknown = 0
  for (let left = depth; left > 0; left--) value = [value]
  return value
}

describe("a line of the log", () => {
  it.effect.each([
    ["64 KB", "x".repeat(65_536)],
    ["64 KB deep inside", { a: [{ b: "x".repeat(65_536) }] }],
    ["newlines", "one\ntwo\r\nthree\u2028four"],
    ["half a character", "\ud83d"],
    ["64 KB of emoji", "🎈".repeat(16_384)],
    ["16,000 euro signs", "€".repeat(16_000)],
    ["quotes and what no text has", '"\u0001'.repeat(8_192)],
    ["arrays 5,000 deep", nested(5_000)],
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
      assert.isAtMost(Buffer.byteLength(text), 16_384)
      const line = JSON.parse(text)
      assert.deepInclude(line, { level: "WARN", message: "hello" })
      assert.isFalse(Number.isNaN(Date.parse(line.timestamp)))
      assert.deepInclude(line, { updateId: 7, outcome: "applied" })
    }),
  )

  it.effect.each<readonly [string, Readonly<Record<string, unknown>>, string?]>([
    ["400 fields", Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`field${i}`, "x".repeat(300)]))],
    ["a long key", { ["k".repeat(70_000)]: 1 }],
    ["400 long keys", Object.fromEntries(Array.from({ length: 400 }, (_, i) => ["€".repeat(300) + i, true]))],
    ["a long message", { "\u0001": "\u0001".repeat(300) }, "\u0001".repeat(40_000)],
  ])(
    "is never longer than 16 KB, and never without its time, level and message: %s",
    ([, annotations, said = "hello"]) =>
      Effect.gen(function* () {
        const [text = ""] = yield* written(Effect.logWarning(said).pipe(Effect.annotateLogs(annotations)))
        assert.isAtMost(Buffer.byteLength(text), 16_384)
        const line = JSON.parse(text)
        assert.deepInclude(line, { level: "WARN", message: said.slice(0, 256) })
        assert.isFalse(Number.isNaN(Date.parse(line.timestamp)))
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
