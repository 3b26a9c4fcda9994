import { Settings } from "@concierge/core/services/Settings.ts"
import { currentShape } from "@concierge/core/stored/shape.ts"
import { assert } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { Json } from "effect/Schema"
import { hostile, long } from "../hostile.ts"
import { Stored } from "../Stored.ts"
import { type It, newKey } from "./keys.ts"

const values: ReadonlyArray<Json> = [
  "text",
  "",
  0,
  -1.5,
  2 ** 40,
  true,
  false,
  null,
  [],
  {},
  [[], {}, null],
  { at: "2026", deep: { "a.b": [1, { "$.c": "\ud83d\ude00" }] } },
  long,
]

export const valueContract = (it: It) => {
  it.effect.each(values)("value %j comes back", (value) =>
    Effect.gen(function* () {
      const settings = yield* Settings
      const key = newKey()
      yield* settings.put({ key, value })
      assert.deepStrictEqual(yield* settings.get(key), Option.some(value))
      assert.deepStrictEqual(yield* (yield* Stored).item("settings", key), { key, value, shape: currentShape })
    }),
  )

  it.effect("the last value of a key stands, alone", () =>
    Effect.gen(function* () {
      const settings = yield* Settings
      const key = newKey()
      yield* settings.put({ key, value: { a: 1 }, expiresAt: 2_000_000_000 })
      yield* settings.put({ key, value: { b: 2 } })
      assert.deepStrictEqual(yield* (yield* Stored).item("settings", key), {
        key,
        value: { b: 2 },
        shape: currentShape,
      })
    }),
  )

  it.effect("the time to live is an attribute beside the value, in epoch seconds", () =>
    Effect.gen(function* () {
      const settings = yield* Settings
      const key = newKey()
      yield* settings.put({ key, value: "here", expiresAt: 2_000_000_000 })
      const item = { key, value: "here", expiresAt: 2_000_000_000, shape: currentShape }
      assert.deepStrictEqual(yield* (yield* Stored).item("settings", key), item)
    }),
  )

  it.effect("what was removed is gone, and may be removed again", () =>
    Effect.gen(function* () {
      const settings = yield* Settings
      const key = newKey()
      yield* settings.remove(key)
      yield* settings.put({ key, value: 1 })
      yield* settings.remove(key)
      assert.deepStrictEqual(yield* settings.get(key), Option.none())
    }),
  )

  it.effect.each(hostile)("%j is a key and a value like any other", (text) =>
    Effect.gen(function* () {
      const settings = yield* Settings
      yield* settings.put({ key: text, value: { text, list: [text] } })
      yield* settings.put({ key: `${text}.`, value: 2 })
      assert.deepStrictEqual(yield* settings.get(text), Option.some({ text, list: [text] }))
      yield* settings.remove(text)
      assert.deepStrictEqual(yield* settings.get(text), Option.none())
      assert.deepStrictEqual(yield* settings.get(`${text}.`), Option.some(2))
    }),
  )

  it.effect("a value is swapped by whoever knows its version, and by nobody else", () =>
    Effect.gen(function* () {
      const settings = yield* Settings
      const key = newKey()
      const swap = (before: number | undefined, version: number) =>
        settings.swap({ key, before, value: { version, by: [version] } })
      assert.isFalse(yield* swap(1, 2))
      assert.deepStrictEqual(yield* settings.get(key), Option.none())
      assert.isTrue(yield* swap(undefined, 1))
      assert.isFalse(yield* swap(undefined, 5))
      assert.isTrue(yield* swap(1, 2))
      assert.isFalse(yield* swap(1, 3))
      assert.deepStrictEqual(yield* settings.get(key), Option.some({ version: 2, by: [2] }))
    }),
  )

  it.effect("what is no value is Corrupt", () =>
    Effect.gen(function* () {
      const settings = yield* Settings
      const key = newKey()
      yield* (yield* Stored).put("settings", { key, other: 1 })
      const { reason } = yield* Effect.flip(settings.get(key))
      assert.strictEqual(reason._tag, "Corrupt")
    }),
  )
}
