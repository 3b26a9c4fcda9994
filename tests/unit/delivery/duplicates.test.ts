import type { User } from "@concierge/core/onboarding/User.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { states } from "../../fixtures/concierge.ts"
import { drainVisible, receive, setAside, tell, tellAtOnce, workBatch } from "../../layers/drive.ts"
import { Counted } from "../../layers/metrics.ts"
import { counters, eventOf, outcomeOf, userOf } from "../../layers/seen.ts"
import { TelegramTest } from "../../layers/telegram.ts"
import { beginning, inWorld } from "../../layers/testWorld.ts"
import { says, somebody, taps } from "../../layers/updates.ts"

const sendCount = Effect.map(TelegramTest, (telegram) => telegram.sends().length)

const refOf = ({ ref_code }: User) => (ref_code === undefined ? {} : { ref_code })

describe("an update that comes again", () => {
  it.effect.each(["1 second", "20 hours", "10 days", "60 days"] as const)("changes nothing %s later", (time) =>
    Effect.gen(function* () {
      const ana = somebody()
      const updates = [yield* says(ana, "/start"), yield* taps(ana, "play_audio"), yield* says(ana, "/restart")]
      for (const update of updates) yield* tell(Effect.succeed(update))
      const [before, sent] = [yield* userOf(ana), yield* sendCount]
      yield* TestClock.adjust(time)
      for (const update of updates) yield* tell(Effect.succeed(update))
      assert.deepStrictEqual(yield* userOf(ana), before)
      assert.strictEqual(yield* sendCount, sent)
      for (const update of updates) {
        const event = yield* eventOf(update)
        assert.strictEqual(event?.outcome, "applied")
        assert.strictEqual(event?.deliveries, 2)
      }
    }).pipe(inWorld),
  )

  it.effect("beside itself in one batch is worked once", () =>
    Effect.gen(function* () {
      const start = yield* says(somebody(), "/start")
      yield* tellAtOnce(...Array.from({ length: 10 }, () => Effect.succeed(start)))
      assert.strictEqual(yield* sendCount, 1)
      assert.strictEqual((yield* Counted).of("UpdatesApplied"), 1)
      assert.strictEqual((yield* Counted).of("UpdatesIgnored"), 9)
    }).pipe(inWorld),
  )

  it.effect("is known though the person has done much since", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const start = yield* says(ana, "/start")
      yield* tell(Effect.succeed(start))
      for (let hint = 0; hint < 40; hint++) yield* tell(says(ana, "hello"))
      const before = yield* userOf(ana)
      assert.isAtMost(Object.keys(before.recent).length, 1)
      yield* tell(Effect.succeed(start))
      assert.deepStrictEqual(yield* userOf(ana), before)
    }).pipe(inWorld),
  )

  it.effect("counts in the funnel once", () =>
    Effect.gen(function* () {
      const start = yield* says(somebody(), "/start")
      yield* tell(Effect.succeed(start), Effect.succeed(start), says(somebody(), "/start"))
      assert.deepStrictEqual(yield* counters("funnel#2026-03-04"), { [states.video]: 2 })
    }).pipe(inWorld),
  )
})

describe("an old update", () => {
  it.effect("a redriven /restart does not reset someone who has finished since", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      const dead = yield* setAside(says(ana, "/restart"))
      yield* TestClock.adjust("1 minute")
      yield* tell(taps(ana, "play_audio"), taps(ana, "finish"))
      const before = yield* userOf(ana)
      yield* TestClock.adjust("10 days")
      yield* workBatch(dead)
      assert.deepInclude(yield* userOf(ana), { state: states.done, run: 1, version: before.version })
      assert.strictEqual(yield* sendCount, 3)
    }).pipe(inWorld),
  )

  it.effect("a redriven /restart of someone who did nothing since starts them over", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      const dead = yield* setAside(says(ana, "/restart"))
      yield* TestClock.adjust("10 days")
      yield* workBatch(dead)
      assert.deepInclude(yield* userOf(ana), { state: states.new, run: 2 })
    }).pipe(inWorld),
  )

  it.effect("a redriven choice of language does not undo a later one", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      const dead = yield* setAside(taps(ana, "language:es"))
      yield* TestClock.adjust("1 minute")
      yield* tell(taps(ana, "language:en"))
      yield* TestClock.adjust("10 days")
      yield* workBatch(dead)
      assert.strictEqual((yield* userOf(ana)).language, "en")
    }).pipe(inWorld),
  )

  it.effect.each(["/start ref_old", "/restart", "/menu", "hello"])(
    "is stale once the person did something much later: %s",
    (text) =>
      Effect.gen(function* () {
        const ana = somebody()
        const old = yield* says(ana, text)
        yield* TestClock.adjust("11 minutes")
        yield* tell(says(ana, "/start"))
        const { updatedAt: _, recent: _recent, ...before } = yield* userOf(ana)
        yield* tell(Effect.succeed(old))
        assert.strictEqual(yield* outcomeOf(old), "ignored: stale")
        assert.deepInclude(yield* userOf(ana), before)
        const attributed = text === "/start ref_old" ? { ref_code: "ref_old" } : {}
        assert.deepStrictEqual(refOf(yield* userOf(ana)), attributed)
        assert.strictEqual(yield* sendCount, 1)
      }).pipe(inWorld),
  )

  it.effect("a stale /start attributes nobody who is attributed already", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const old = yield* says(ana, "/start ref_old")
      yield* TestClock.adjust("11 minutes")
      yield* tell(says(ana, "/start ref_new"), Effect.succeed(old))
      assert.strictEqual(yield* outcomeOf(old), "ignored: stale")
      assert.deepStrictEqual(refOf(yield* userOf(ana)), { ref_code: "ref_new" })
    }).pipe(inWorld),
  )

  it.effect("of thirty days is not worked any more, and attributes nobody", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/help"))
      const dead = yield* setAside(says(ana, "/start ref_a"))
      yield* TestClock.adjust("31 days")
      yield* workBatch(dead)
      assert.strictEqual(yield* sendCount, 1)
      const user = yield* userOf(ana)
      assert.deepInclude(user, { state: states.new, version: 0 })
      assert.notProperty(user, "ref_code")
      assert.notProperty(user, "attributed_at")
    }).pipe(inWorld),
  )

  it.effect("a hint is not sent ten minutes late", () =>
    Effect.gen(function* () {
      const [ana, eva] = [somebody(), somebody()]
      const [late, later] = [yield* says(ana, "hello"), yield* says(eva, "hello")]
      yield* TestClock.setTime(beginning + 599_000)
      yield* tell(Effect.succeed(late))
      assert.strictEqual(yield* sendCount, 1)
      yield* TestClock.setTime(beginning + 601_000)
      yield* tell(Effect.succeed(later))
      assert.strictEqual(yield* sendCount, 1)
      assert.strictEqual(yield* outcomeOf(later), "ignored: stale")
    }).pipe(inWorld),
  )

  it.effect("a late /start is worked: it is not a hint", () =>
    Effect.gen(function* () {
      const start = yield* says(somebody(), "/start")
      yield* TestClock.adjust("2 days")
      yield* receive(start)
      yield* drainVisible
      assert.strictEqual(yield* outcomeOf(start), "applied")
    }).pipe(inWorld),
  )
})
