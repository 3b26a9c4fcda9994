import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { states } from "../../fixtures/concierge.ts"
import { drain, drainVisible, receive, tell } from "../../layers/drive.ts"
import { Counted } from "../../layers/metrics.ts"
import { copies, eventOf, outcomeOf, queued, userOf } from "../../layers/seen.ts"
import { hangs, ok, rateLimited, TelegramTest, unauthorized, unavailable } from "../../layers/telegram.ts"
import { beginning, inWorld } from "../../layers/testWorld.ts"
import { says, somebody, taps } from "../../layers/updates.ts"

/** When each send was begun, in milliseconds from the beginning of the test. */
const times = Effect.map(TelegramTest, (telegram) => telegram.sends().map(({ at }) => at - beginning))

describe("Telegram down", () => {
  it.effect.each([
    ["a 5xx", unavailable],
    ["a timeout", hangs],
  ] as const)("after %s the message is sent again from a copy, and counted as perhaps doubled", ([, answer]) =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.script.push(answer)
      const ana = somebody()
      const start = yield* says(ana, "/start")
      yield* receive(start)
      yield* drainVisible
      assert.deepInclude(yield* userOf(ana), { state: states.new, unresolved: 1 })
      assert.isUndefined((yield* userOf(ana)).lock)
      assert.deepStrictEqual(yield* queued, { waiting: 1, dead: 0 })
      yield* drain
      assert.lengthOf(yield* times, 2)
      assert.deepInclude(yield* userOf(ana), { state: states.video, unresolved: 0, ambiguous: 1 })
      assert.deepInclude(yield* eventOf(start), { outcome: "applied", ambiguous: 1 })
      assert.strictEqual((yield* Counted).of("AmbiguousSends"), 1)
      assert.strictEqual((yield* Counted).of("SendFailures"), 1)
    }).pipe(inWorld),
  )

  it.effect("for an hour loses nothing, burns no receives and slows down", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      const isUp = (): boolean => (telegram.calls.at(-1)?.at ?? 0) > beginning + 3_600_000
      telegram.always = () => (isUp() ? ok : unavailable)
      const updates = [yield* says(somebody(), "/start"), yield* says(somebody(), "/start")]
      for (const update of updates) yield* receive(update)
      yield* drain
      for (const update of updates) assert.strictEqual(yield* outcomeOf(update), "applied")
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
      // Both were sent once before it was known, and once when Telegram answered again.
      assert.lengthOf(yield* times, 4)
      assert.isAtMost(telegram.calls.length, 70)
    }).pipe(inWorld),
  )

  it.effect("for more than six hours: the message is left to die where an operator sees it", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.always = () => unavailable
      const start = yield* says(somebody(), "/start")
      yield* tell(Effect.succeed(start))
      assert.isUndefined(yield* outcomeOf(start))
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 1 })
      const last = (telegram.calls.at(-1)?.at ?? 0) - beginning
      assert.isAtLeast(last, 6 * 3_600_000)
      assert.isAtMost(last, 7 * 3_600_000)
    }).pipe(inWorld),
  )

  it.effect("a token that is refused waits as an outage does, and nothing was sent", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.script.push(unauthorized, unauthorized)
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      assert.deepInclude(yield* userOf(ana), { state: states.video, ambiguous: 0 })
      assert.lengthOf(yield* times, 3)
    }).pipe(inWorld),
  )
})

describe("a delayed copy", () => {
  it.effect("is the same update with the same time of receipt and correlation id, and a number", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.script.push(rateLimited(60))
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      yield* receive(yield* taps(ana, "play_audio"))
      const [original] = yield* copies
      telegram.script.push(rateLimited(1_000), rateLimited(1_000))
      yield* drainVisible
      const [copy, ...more] = yield* copies
      assert.isEmpty(more)
      assert.strictEqual(copy?.body, original?.body)
      assert.strictEqual(copy?.group, original?.group)
      const { deferredAt, limitedMs = 0, notBefore: _, ...same } = copy?.attributes ?? { attempt: 0 }
      assert.deepStrictEqual<unknown>(same, { ...original?.attributes, attempt: 1 })
      assert.isDefined(deferredAt)
      assert.isAtLeast(limitedMs, 1_000_000)
      assert.isDefined(copy?.attributes.notBefore)
      assert.isAtMost(copy?.delay ?? 0, 900_000)
    }).pipe(inWorld),
  )
})
