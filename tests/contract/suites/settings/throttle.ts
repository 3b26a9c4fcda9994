import { plus } from "@concierge/core/domain/Time.ts"
import { Settings, type Throttle } from "@concierge/core/services/Settings.ts"
import { assert } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { hostile } from "../hostile.ts"
import { Stored } from "../Stored.ts"
import { type It, newKey, now } from "./keys.ts"

const window = 60_000

const throttleOf = (key: string, event: string, at = now): Throttle => ({
  key,
  event,
  now: at,
  freeBefore: plus(at, -window),
})

export const throttleContract = (it: It) => {
  it.effect("a key is free once in a window", () =>
    Effect.gen(function* () {
      const { throttle } = yield* Settings
      const key = newKey()
      assert.isTrue(yield* throttle(throttleOf(key, "7:1")))
      assert.isFalse(yield* throttle(throttleOf(key, "7:2", plus(now, window))))
      assert.isTrue(yield* throttle(throttleOf(key, "7:2", plus(now, window + 1))))
      assert.isFalse(yield* throttle(throttleOf(key, "7:1", plus(now, window + 2))))
      const item = { key, at: plus(now, window + 1), event: "7:2" }
      assert.deepStrictEqual(yield* (yield* Stored).item("settings", key), item)
    }),
  )

  it.effect("whoever got it gets it again, and holds it from then on", () =>
    Effect.gen(function* () {
      const { throttle } = yield* Settings
      const key = newKey()
      assert.isTrue(yield* throttle(throttleOf(key, "7:1")))
      assert.isTrue(yield* throttle(throttleOf(key, "7:1", plus(now, 30_000))))
      assert.isFalse(yield* throttle(throttleOf(key, "7:2", plus(now, window + 1))))
    }),
  )

  it.effect("of fifty at once one gets it", () =>
    Effect.gen(function* () {
      const { throttle } = yield* Settings
      const key = newKey()
      const events = Array.from({ length: 50 }, (_, index) => `7:${index}`)
      const answers = yield* Effect.forEach(events, (event) => throttle(throttleOf(key, event)), {
        concurrency: "unbounded",
      })
      assert.strictEqual(answers.filter((free) => free).length, 1)
    }),
  )

  it.effect.each(hostile)("%j is a key and an event like any other", (text) =>
    Effect.gen(function* () {
      const { throttle } = yield* Settings
      const key = `${text}#${newKey()}`
      assert.isTrue(yield* throttle(throttleOf(key, text)))
      assert.isTrue(yield* throttle(throttleOf(key, text)))
      assert.isFalse(yield* throttle(throttleOf(key, `${text}.`)))
    }),
  )
}
