import { kept } from "@concierge/core/retention.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { states } from "../../fixtures/concierge.ts"
import { copy } from "../../fixtures/copy.ts"
import { crashing, inMortalWorld } from "../../layers/crash.ts"
import { drain, nextBatch, receive, tell } from "../../layers/drive.ts"
import { counters, eventOf, outcomeOf, queued, sessionsOf, storedUser, userOf } from "../../layers/seen.ts"
import { TelegramTest } from "../../layers/telegram.ts"
import { says, somebody, taps } from "../../layers/updates.ts"

/** The writes of a yes: begin, claim, tombstone, sessions, events, the person, the outcome. */
const writes = 7

const points = (["before", "after"] as const).flatMap((moment) =>
  Array.from({ length: writes }, (_, left) => ({ left, moment })),
)

describe("a yes to /forgetme whose worker dies", () => {
  it.effect.each(points)("$moment write $left is done to the end when it comes again", ({ left, moment }) =>
    Effect.gen(function* () {
      const ana = somebody()
      const telegram = yield* TelegramTest
      yield* tell(says(ana, "/start"), says(ana, "/forgetme"))
      const askedAt = Math.floor(Date.UTC(2026, 2, 4, 5, 6, 8) / 1000)
      // So late that the button has expired when the queue shows it again.
      yield* TestClock.adjust("9 minutes")
      const tap = yield* taps(ana, `forget:${askedAt}`)
      yield* receive(tap)

      const { failed, isDead } = yield* crashing(yield* nextBatch, left, moment)
      assert.isTrue(isDead)
      assert.lengthOf(failed, 1)
      yield* drain

      assert.isUndefined(yield* storedUser(ana))
      assert.isEmpty(yield* sessionsOf(ana))
      const event = yield* eventOf(tap)
      assert.strictEqual(event?.outcome, "applied")
      assert.notProperty(event, "userId")
      assert.notProperty(event, "payload")
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
      const { done, expired } = copy.en.forget
      const texts = telegram.sends().map(({ message }) => message.html)
      assert.include(texts, done(kept))
      assert.notInclude(texts, expired(10))
    }).pipe(inMortalWorld),
  )

  it.effect.each([3, 4, 5])("leaves no record of somebody who was not known before: write %s", (left) =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* receive(yield* taps(ana, `forget:${Date.UTC(2026, 2, 4, 5, 6, 7) / 1000}`))
      const { isDead } = yield* crashing(yield* nextBatch, left, "before")
      assert.isTrue(isDead)
      yield* drain
      assert.isUndefined(yield* storedUser(ana))
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
    }).pipe(inMortalWorld),
  )

  it.effect("counts what the person did before, and whoever committed it did not live to count", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const start = yield* says(ana, "/start")
      yield* receive(start)
      // After begin, claim, the file id and the commit.
      const { isDead } = yield* crashing(yield* nextBatch, 3, "after")
      assert.isTrue(isDead)
      assert.strictEqual((yield* userOf(ana)).state, states.video)
      assert.isUndefined(yield* outcomeOf(start))
      yield* TestClock.adjust("3 minutes")
      yield* receive(yield* taps(ana, `forget:${Math.floor((yield* Clock.currentTimeMillis) / 1000)}`))
      yield* drain
      assert.isUndefined(yield* storedUser(ana))
      const event = yield* eventOf(start)
      assert.deepInclude(event, { outcome: "applied" })
      assert.notProperty(event, "ambiguous")
      assert.strictEqual(event?.started, 1)
      assert.strictEqual((yield* counters("funnel#"))[states.video], 1)
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
    }).pipe(inMortalWorld),
  )

  it.effect("has so many writes", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      yield* receive(yield* taps(ana, `forget:${Date.UTC(2026, 2, 4, 5, 6, 7) / 1000}`))
      const { failed, isDead } = yield* crashing(yield* nextBatch, writes, "before")
      assert.isFalse(isDead)
      assert.isEmpty(failed)
    }).pipe(inMortalWorld),
  )
})
