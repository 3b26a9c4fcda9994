import { EventId } from "@concierge/core/ids.ts"
import { type Count, Settings } from "@concierge/core/services/Settings.ts"
import { currentShape } from "@concierge/core/stored/shape.ts"
import { Iso } from "@concierge/core/Time.ts"
import { assert } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { states } from "../../../fixtures/concierge.ts"
import { hostile } from "../hostile.ts"
import { Stored } from "../Stored.ts"
import { type It, later, newKey, now } from "./keys.ts"

const countOf = (key: string, event: string, change: Partial<Count> = {}): Count => ({
  key,
  name: states.done,
  event: EventId.make(event),
  at: now,
  ...change,
})

const idsOf = (...ids: ReadonlyArray<string>) => ids.map((id) => EventId.make(id))

/** What a counter remembers: the time by the event. */
const timesOf = (...times: ReadonlyArray<readonly [string, string]>) =>
  new Map(times.map(([id, at]) => [EventId.make(id), Iso.make(at)]))

export const counterContract = (it: It) => {
  it.effect("a counter counts by name and remembers what it has counted", () =>
    Effect.gen(function* () {
      const settings = yield* Settings
      const key = newKey()
      assert.deepStrictEqual(yield* settings.count(countOf(key, "7:1")), timesOf(["7:1", now]))
      yield* settings.count(countOf(key, "7:2", { at: later }))
      const counted = yield* settings.count(countOf(key, "7:3", { name: states.greeting }))
      const expected = { "7:1": now, "7:2": later, "7:3": now }
      assert.deepStrictEqual(counted, timesOf(...Object.entries(expected)))
      assert.deepStrictEqual(yield* (yield* Stored).item("settings", key), {
        key,
        counts: { [states.done]: 2, [states.greeting]: 1 },
        counted: expected,
        shape: currentShape,
      })
    }),
  )

  it.effect("an event is counted once, under whatever name it comes again", () =>
    Effect.gen(function* () {
      const settings = yield* Settings
      const key = newKey()
      yield* settings.count(countOf(key, "7:1"))
      yield* settings.count(countOf(key, "7:2"))
      const before = yield* (yield* Stored).item("settings", key)
      const remembered = timesOf(["7:1", now], ["7:2", now])
      assert.deepStrictEqual(yield* settings.count(countOf(key, "7:1", { at: later })), remembered)
      assert.deepStrictEqual(yield* settings.count(countOf(key, "7:2", { name: states.new })), remembered)
      assert.deepStrictEqual(yield* (yield* Stored).item("settings", key), before)
    }),
  )

  it.effect("fifty events and their repeats at once are counted once each", () =>
    Effect.gen(function* () {
      const settings = yield* Settings
      const key = newKey()
      const events = Array.from({ length: 50 }, (_, index) => `7:${index % 25}`)
      yield* Effect.forEach(events, (event) => settings.count(countOf(key, event)), { concurrency: "unbounded" })
      const item = yield* (yield* Stored).item("settings", key)
      assert.deepInclude(item, { counts: { [states.done]: 25 } })
      assert.strictEqual(Object.keys(item?.counted ?? {}).length, 25)
    }),
  )

  it.effect("a counter forgets ids, and counts them again if they come again", () =>
    Effect.gen(function* () {
      const settings = yield* Settings
      const key = newKey()
      const events = Array.from({ length: 120 }, (_, index) => `7:${index}`)
      yield* Effect.forEach(events, (event) => settings.count(countOf(key, event)))
      yield* settings.forgetCounted(key, idsOf("7:1", ...events.slice(1), "7:unknown"))
      assert.deepStrictEqual(yield* (yield* Stored).item("settings", key), {
        key,
        counts: { [states.done]: 120 },
        counted: { "7:0": now },
        shape: currentShape,
      })
      yield* settings.forgetCounted(key, [])
      yield* settings.forgetCounted(key, idsOf("7:0"))
      assert.deepStrictEqual(yield* settings.count(countOf(key, "7:0")), timesOf(["7:0", now]))
      assert.deepInclude(yield* (yield* Stored).item("settings", key), { counts: { [states.done]: 121 } })
    }),
  )

  it.effect("a counter that is not there has nothing to forget", () =>
    Effect.gen(function* () {
      const settings = yield* Settings
      const key = newKey()
      yield* settings.forgetCounted(key, idsOf("7:1"))
      assert.isUndefined(yield* (yield* Stored).item("settings", key))
    }),
  )

  it.effect.each(hostile)("%j is a counter, a name and an event like any other", (text) =>
    Effect.gen(function* () {
      const settings = yield* Settings
      const key = `${text}#${newKey()}`
      yield* settings.count({ key, name: text, event: EventId.make("7:0"), at: Iso.make(text) })
      yield* settings.count({ key, name: text, event: EventId.make(text), at: now })
      const remembered = timesOf(["7:0", text], [text, now])
      assert.deepStrictEqual(
        yield* settings.count({ key, name: text, event: EventId.make(text), at: later }),
        remembered,
      )
      const { counts } = (yield* (yield* Stored).item("settings", key)) ?? {}
      assert.deepStrictEqual(Object.entries(counts ?? {}), [[text, 2]])
      yield* settings.forgetCounted(key, idsOf(text))
      assert.deepStrictEqual(
        yield* settings.count({ key, name: text, event: EventId.make("7:0"), at: now }),
        timesOf(["7:0", text]),
      )
    }),
  )

  it.effect("a counter that does not decode is Corrupt", () =>
    Effect.gen(function* () {
      const settings = yield* Settings
      const key = newKey()
      yield* (yield* Stored).put("settings", { key, counts: {}, counted: { "7:0": 5 } })
      const { reason } = yield* Effect.flip(settings.count(countOf(key, "7:1")))
      assert.strictEqual(reason._tag, "Corrupt")
    }),
  )
}
