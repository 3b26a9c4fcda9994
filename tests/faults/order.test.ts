import { processBatch } from "@concierge/core/delivery/batch.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { states } from "../fixtures/concierge.ts"
import { drain, nextBatch, receive, setAside, tell } from "../layers/drive.ts"
import { counters, outcomeOf, queued, userOf } from "../layers/seen.ts"
import { slow, TelegramTest } from "../layers/telegram.ts"
import { inWorld } from "../layers/testWorld.ts"
import { untilDone } from "../layers/untilDone.ts"
import { says, somebody, taps } from "../layers/updates.ts"

/** Each update in a batch and a worker of its own, all at the same time. */
const atOnce = Effect.fnUntraced(function* (...updates: ReadonlyArray<Effect.Effect<object>>) {
  const batches = yield* Effect.forEach(updates, (update) =>
    Effect.flatMap(update, (update) => Effect.andThen(receive(update), nextBatch)),
  )
  const failed = yield* untilDone(
    Effect.all(
      batches.map((batch) => processBatch(batch)),
      { concurrency: "unbounded" },
    ),
  )
  assert.deepStrictEqual(failed.flat(), [])
  yield* drain
})

const methods = Effect.map(TelegramTest, (telegram) => telegram.sends().map(({ method }) => method))

describe("out of order", () => {
  it.effect(
    "a callback overtakes its /start: one step each, and the /start still attributes (attribution is set once)",
    () =>
      Effect.gen(function* () {
        const ana = somebody()
        const start = yield* says(ana, "/start ref_a")
        yield* TestClock.adjust("1 second")
        yield* tell(taps(ana, "watch_video"), Effect.succeed(start))
        assert.deepInclude(yield* userOf(ana), { state: states.video, version: 1, ref_code: "ref_a" })
        assert.strictEqual((yield* methods).filter((method) => method === "sendVideo").length, 1)
        assert.strictEqual(yield* outcomeOf(start), "applied")
      }).pipe(inWorld),
  )

  it.effect.each([
    [["/restart", "/start"], ["sendMessage", "sendVideo"], { state: states.video, run: 2 }, { [states.video]: 2 }],
    [["/start", "/restart"], ["sendMessage", "sendMessage"], { state: states.new, run: 2 }, { [states.done]: 1 }],
  ] as const)(
    "%j race: one after the other, each a legal edge, counted once (states follow legal edges only)",
    (race) =>
      Effect.gen(function* () {
        const [texts, sent, end, counted] = race
        const ana = somebody()
        yield* tell(says(ana, "/start"), taps(ana, "play_audio"))
        const telegram = yield* TelegramTest
        const before = telegram.sends().length
        telegram.script.push(slow(1_000), slow(1_000))
        yield* TestClock.adjust("1 minute")
        const updates = [yield* says(ana, texts[0]), yield* says(ana, texts[1])]
        yield* atOnce(...updates.map((update) => Effect.succeed(update)))
        const sends = telegram.sends().slice(before)
        assert.deepStrictEqual(
          sends.map(({ method }) => method),
          [...sent],
        )
        // The second was there while the first one's message was on its way, and sent its own after that.
        assert.isAtLeast((sends[1]?.at ?? 0) - (sends[0]?.at ?? 0), 1_000)
        assert.deepInclude(yield* userOf(ana), { ...end, version: 4, unresolved: 0, ambiguous: 0 })
        assert.deepStrictEqual(yield* Effect.forEach(updates, outcomeOf), ["applied", "applied"])
        assert.deepInclude(yield* counters("funnel#"), counted)
        assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
      }).pipe(inWorld),
  )

  it.effect("two taps at once: the step is taken once, the second tap is not a second message", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      ;(yield* TelegramTest).script.push(slow(1_500))
      const taken = [yield* taps(ana, "play_audio"), yield* taps(ana, "play_audio")]
      yield* atOnce(...taken.map((tap) => Effect.succeed(tap)))
      assert.deepInclude(yield* userOf(ana), { state: states.greeting, version: 2, ambiguous: 0 })
      assert.deepStrictEqual(yield* methods, ["sendVideo", "sendVoice"])
      const outcomes = yield* Effect.forEach(taken, outcomeOf)
      assert.sameMembers(outcomes, ["applied", "ignored: coalesced"])
      assert.deepStrictEqual(yield* counters("funnel#"), { [states.video]: 1, [states.greeting]: 1 })
      assert.lengthOf((yield* TelegramTest).taps(), 2)
    }).pipe(inWorld),
  )

  it.effect("a stale callback, redriven when the person has long gone on: ignored, and still answered", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      const old = yield* taps(ana, "play_audio")
      const batch = yield* setAside(Effect.succeed(old))
      yield* TestClock.adjust("11 minutes")
      yield* tell(taps(ana, "play_audio"), taps(ana, "finish"))
      const [before, sent] = [yield* userOf(ana), (yield* methods).length]
      yield* untilDone(processBatch(batch))
      assert.strictEqual(yield* outcomeOf(old), "ignored: stale")
      assert.deepInclude(yield* userOf(ana), { state: states.done, version: before.version })
      assert.lengthOf(yield* methods, sent)
      assert.include(
        (yield* TelegramTest).taps().map(({ queryId }) => queryId),
        old.callback_query.id,
      )
    }).pipe(inWorld),
  )
})
