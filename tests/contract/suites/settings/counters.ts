import type { Counter } from "@concierge/core/services/Counter.ts"
import { type Increment, Settings } from "@concierge/core/services/Settings.ts"
import { currentShape } from "@concierge/core/stored/shape.ts"
import { assert } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { hostile } from "../hostile.ts"
import { Stored } from "../Stored.ts"
import { type It, newKey } from "./keys.ts"

const countOf = (key: string, id: string, change: Partial<Increment> = {}): Increment => ({
  key,
  about: { campaign: "spring" },
  cell: "en/DONE/1",
  id,
  ...change,
})

const plain = ({ about, cells, ids }: Counter) => ({
  about,
  cells: Object.fromEntries(cells),
  ids: Object.fromEntries(ids),
})

export const counterContract = (it: It) => {
  it.effect("a counter counts by cell, remembers what it has counted, and says what it is of", () =>
    Effect.gen(function* () {
      const settings = yield* Settings
      const key = newKey()
      assert.deepStrictEqual(plain(yield* settings.count(countOf(key, "7:1"))), {
        about: { campaign: "spring" },
        cells: { "en/DONE/1": 1 },
        ids: { "7:1": "en/DONE/1" },
      })
      yield* settings.count(countOf(key, "7:2", { about: { campaign: "autumn" } }))
      assert.deepStrictEqual(plain(yield* settings.count(countOf(key, "7:3", { cell: "es" }))), {
        about: { campaign: "spring" },
        cells: { "en/DONE/1": 2, es: 1 },
        ids: { "7:1": "en/DONE/1", "7:2": "en/DONE/1", "7:3": "es" },
      })
      assert.deepInclude(yield* (yield* Stored).item("settings", key), { key, shape: currentShape })
    }),
  )

  it.effect("an id is counted once, in whatever cell it comes again", () =>
    Effect.gen(function* () {
      const settings = yield* Settings
      const key = newKey()
      yield* settings.count(countOf(key, "7:1"))
      yield* settings.count(countOf(key, "7:2"))
      const before = yield* (yield* Stored).item("settings", key)
      const again = yield* settings.count(countOf(key, "7:1", { cell: "es", forget: ["7:2"] }))
      assert.deepStrictEqual(plain(again).cells, { "en/DONE/1": 2 })
      assert.deepStrictEqual(yield* (yield* Stored).item("settings", key), before)
    }),
  )

  it.effect("fifty ids and their repeats at once are counted once each", () =>
    Effect.gen(function* () {
      const settings = yield* Settings
      const key = newKey()
      const ids = Array.from({ length: 50 }, (_, index) => `7:${index % 25}`)
      yield* Effect.forEach(ids, (id) => settings.count(countOf(key, id)), { concurrency: "unbounded" })
      const { cells, ids: known } = yield* settings.count(countOf(key, "7:0"))
      assert.deepStrictEqual([cells.get("en/DONE/1"), known.size], [25, 25])
    }),
  )

  it.effect("forgets ids in the write that counts another one, never that one", () =>
    Effect.gen(function* () {
      const settings = yield* Settings
      const key = newKey()
      for (const id of ["7:1", "7:2", "7:3"]) yield* settings.count(countOf(key, id))
      const forget = ["7:1", "7:3", "7:4", "7:unknown"]
      const { cells, ids } = plain(yield* settings.count(countOf(key, "7:4", { forget })))
      assert.deepStrictEqual(Object.keys(ids).toSorted(), ["7:2", "7:4"])
      assert.deepStrictEqual(cells, { "en/DONE/1": 4 })
      assert.deepStrictEqual(plain(yield* settings.count(countOf(key, "7:1"))).cells, { "en/DONE/1": 5 })
    }),
  )

  it.effect("counts no more than it is to, but what it has counted already stays counted", () =>
    Effect.gen(function* () {
      const settings = yield* Settings
      const key = newKey()
      for (const id of ["a", "b", "a", "c", "b"]) yield* settings.count(countOf(key, id, { atMost: 2 }))
      const { cells, ids } = plain(yield* settings.count(countOf(key, "d", { atMost: 2 })))
      assert.deepStrictEqual([cells, Object.keys(ids).toSorted()], [{ "en/DONE/1": 2 }, ["a", "b"]])
      assert.deepStrictEqual(plain(yield* settings.count(countOf(newKey(), "a", { atMost: 1 }))).cells, {
        "en/DONE/1": 1,
      })
    }),
  )

  it.effect("a counter may have an end", () =>
    Effect.gen(function* () {
      const settings = yield* Settings
      const key = newKey()
      yield* settings.count(countOf(key, "7:1", { expiresAt: 4_000_000_000 }))
      yield* settings.count(countOf(key, "7:2", { expiresAt: 4_000_000_001 }))
      assert.deepInclude(yield* (yield* Stored).item("settings", key), { expiresAt: 4_000_000_000 })
    }),
  )

  it.effect.each(hostile)("%j is a counter, a cell and an id like any other", (text) =>
    Effect.gen(function* () {
      const settings = yield* Settings
      const key = `${text}#${newKey()}`
      yield* settings.count(countOf(key, "7:0", { cell: text, about: { text } }))
      yield* settings.count(countOf(key, text, { cell: text }))
      const { about, cells, ids } = yield* settings.count(countOf(key, text, { cell: text }))
      assert.deepStrictEqual(about, { text })
      assert.deepStrictEqual([...cells], [[text, 2]])
      assert.deepStrictEqual(
        new Map(ids),
        new Map([
          ["7:0", text],
          [text, text],
        ]),
      )
      const left = yield* settings.count(countOf(key, "7:1", { cell: text, forget: [text] }))
      assert.sameMembers([...left.ids.keys()], ["7:0", "7:1"])
    }),
  )

  it.effect("a counter that does not decode is Corrupt", () =>
    Effect.gen(function* () {
      const settings = yield* Settings
      const key = newKey()
      yield* (yield* Stored).put("settings", { key, about: {}, "i:7:0": 5 })
      const { reason } = yield* Effect.flip(settings.count(countOf(key, "7:1")))
      assert.strictEqual(reason._tag, "Corrupt")
    }),
  )
}
