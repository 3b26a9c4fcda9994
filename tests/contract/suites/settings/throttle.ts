import { EventId } from "@concierge/core/ids.ts"
import { Settings, type Throttle } from "@concierge/core/services/Settings.ts"
import { currentShape } from "@concierge/core/stored/shape.ts"
import { plus } from "@concierge/core/Time.ts"
import { assert } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { hostile } from "../hostile.ts"
import { Stored } from "../Stored.ts"
import { type It, newKey, now } from "./keys.ts"

const window = 60_000
const expiresAt = 1_800_000_000

const throttleOf = (key: string, token: string, at = now): Throttle => ({
  key,
  event: EventId.make("7:1"),
  token,
  now: at,
  freeBefore: plus(at, -window),
  expiresAt,
})

export const throttleContract = (it: It) => {
  it.effect("a key is free once in a window; who does not get it hears since when it is taken", () =>
    Effect.gen(function* () {
      const { throttle } = yield* Settings
      const key = newKey()
      assert.isUndefined(yield* throttle(throttleOf(key, "one")))
      assert.strictEqual(yield* throttle(throttleOf(key, "two", plus(now, window))), now)
      assert.isUndefined(yield* throttle(throttleOf(key, "two", plus(now, window + 1))))
      assert.strictEqual(yield* throttle(throttleOf(key, "one", plus(now, window + 2))), plus(now, window + 1))
      const item = { key, at: plus(now, window + 1), event: "7:1", token: "two", expiresAt, shape: currentShape }
      assert.deepStrictEqual(yield* (yield* Stored).item("settings", key), item)
    }),
  )

  it.effect("the attempt that got it gets it again, another of the same event does not", () =>
    Effect.gen(function* () {
      const { throttle } = yield* Settings
      const key = newKey()
      assert.isUndefined(yield* throttle(throttleOf(key, "one")))
      assert.isUndefined(yield* throttle(throttleOf(key, "one", plus(now, 30_000))))
      assert.strictEqual(yield* throttle(throttleOf(key, "two", plus(now, window + 1))), plus(now, 30_000))
    }),
  )

  it.effect("given back it is free at once; nobody gives back what is another's, or nobody's", () =>
    Effect.gen(function* () {
      const { release, throttle } = yield* Settings
      const key = newKey()
      yield* release(key, "one")
      assert.isUndefined(yield* throttle(throttleOf(key, "one")))
      yield* release(key, "two")
      assert.strictEqual(yield* throttle(throttleOf(key, "two")), now)
      yield* release(key, "one")
      assert.isUndefined(yield* (yield* Stored).item("settings", key))
      assert.isUndefined(yield* throttle(throttleOf(key, "two")))
      // A request of the first one's that the network held back.
      yield* release(key, "one")
      assert.strictEqual(yield* throttle(throttleOf(key, "three")), now)
    }),
  )

  it.effect("a value of the same key is not taken for a use", () =>
    Effect.gen(function* () {
      const { get, put, release } = yield* Settings
      const key = newKey()
      yield* put({ key, value: { token: "one" } })
      yield* release(key, "one")
      assert.isTrue((yield* get(key))._tag === "Some")
    }),
  )

  it.effect("of fifty at once one gets it", () =>
    Effect.gen(function* () {
      const { throttle } = yield* Settings
      const key = newKey()
      const tokens = Array.from({ length: 50 }, (_, index) => `token ${index}`)
      const answers = yield* Effect.forEach(tokens, (token) => throttle(throttleOf(key, token)), {
        concurrency: "unbounded",
      })
      assert.strictEqual(answers.filter((since) => since === undefined).length, 1)
    }),
  )

  it.effect.each(hostile)("%j is a key and a token like any other", (text) =>
    Effect.gen(function* () {
      const { release, throttle } = yield* Settings
      const key = `${text}#${newKey()}`
      assert.isUndefined(yield* throttle(throttleOf(key, text)))
      assert.isUndefined(yield* throttle(throttleOf(key, text)))
      assert.strictEqual(yield* throttle(throttleOf(key, `${text}.`)), now)
      yield* release(key, text)
      assert.isUndefined(yield* throttle(throttleOf(key, `${text}.`)))
    }),
  )
}
