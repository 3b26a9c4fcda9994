import { processBatch } from "@concierge/core/delivery/batch.ts"
import type { Session } from "@concierge/core/onboarding/Session.ts"
import { kept } from "@concierge/core/retention.ts"
import { Events } from "@concierge/core/services/Events.ts"
import { Sessions } from "@concierge/core/services/Sessions.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { LocalQueue } from "../../../packages/local/queue/LocalQueue.ts"
import { copy } from "../../fixtures/copy.ts"
import { drain, drainVisible, nextBatch, receive, tell, tellAtOnce } from "../../layers/drive.ts"
import { Counted } from "../../layers/metrics.ts"
import { eventOf, queued, sessionsOf, storedUser, userOf } from "../../layers/seen.ts"
import { hangs, rateLimited, TelegramTest } from "../../layers/telegram.ts"
import { inWorld } from "../../layers/testWorld.ts"
import { untilDone } from "../../layers/untilDone.ts"
import { blocks, edits, says, somebody, taps } from "../../layers/updates.ts"
import { asked, lastText } from "./asked.ts"

describe("a person who is being forgotten", () => {
  it.effect("leaves no run behind that another worker was still writing down", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"), taps(ana, "play_audio"))
      const { yes } = yield* asked(ana)
      const sessions = yield* Sessions
      const slow = { ...sessions, save: (session: Session) => Effect.delay(sessions.save(session), "4 seconds") }
      const batches = yield* Effect.forEach([taps(ana, "finish"), taps(ana, yes)], (update) =>
        Effect.flatMap(update, (update) => Effect.andThen(receive(update), nextBatch)),
      )
      const [finish = [], forget = []] = batches
      const both = [Effect.provideService(processBatch(finish), Sessions, slow), processBatch(forget)]
      assert.deepStrictEqual(yield* untilDone(Effect.all(both, { concurrency: 2 })), [[], []])
      yield* LocalQueue.use((queue) => queue.acknowledge(batches.flat().map(({ id }) => id)))
      yield* drain
      assert.isUndefined(yield* storedUser(ana))
      assert.isEmpty(yield* sessionsOf(ana))
      assert.strictEqual(yield* lastText, copy.en.forget.done(kept))
    }).pipe(inWorld),
  )

  it.effect("is forgotten within two minutes although a worker died over what they did just before", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"), taps(ana, "play_audio"))
      const { yes } = yield* asked(ana)
      yield* receive(yield* taps(ana, "finish"))
      // Dies between the commit and what follows from it: the queue shows the tap again after five minutes.
      const died = { ...(yield* Sessions), save: () => Effect.die(new Error("the process died")) }
      const batch = yield* nextBatch
      assert.lengthOf(yield* Effect.provideService(untilDone(processBatch(batch)), Sessions, died), 1)
      yield* receive(yield* taps(ana, yes))
      const from = yield* Clock.currentTimeMillis
      while ((yield* storedUser(ana)) !== undefined && (yield* Clock.currentTimeMillis) < from + 120_000) {
        yield* drainVisible
        yield* TestClock.adjust("1 second")
      }
      assert.isUndefined(yield* storedUser(ana))
      yield* drain
      assert.isUndefined(yield* storedUser(ana))
      assert.isEmpty(yield* sessionsOf(ana))
    }).pipe(inWorld),
  )

  it.effect("and taps yes twice, is not brought back by the second", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      const { yes } = yield* asked(ana)
      yield* tellAtOnce(taps(ana, yes), taps(ana, yes))
      assert.isUndefined(yield* storedUser(ana))
      yield* TestClock.adjust("1 second")
      yield* tell(taps(ana, yes))
      assert.isUndefined(yield* storedUser(ana))
      assert.strictEqual(yield* lastText, copy.en.forget.unknown)
      // Every one of them is answered, or its button would go on spinning.
      assert.lengthOf((yield* TelegramTest).taps(), 3)
    }).pipe(inWorld),
  )

  it.effect("is forgotten in the end, and told so, though Telegram lets nothing through for half an hour", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      const { yes } = yield* asked(ana)
      const telegram = yield* TelegramTest
      telegram.script.push(rateLimited(1_800))
      yield* tell(taps(ana, yes))
      assert.isUndefined(yield* storedUser(ana))
      assert.strictEqual(yield* lastText, copy.en.forget.done(kept))
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
    }).pipe(inWorld),
  )

  it.effect("is told so as often as it was in doubt, and that is counted", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      const { yes } = yield* asked(ana)
      const tap = yield* taps(ana, yes)
      const telegram = yield* TelegramTest
      telegram.script.push(hangs, hangs)
      yield* tell(Effect.succeed(tap))
      assert.isUndefined(yield* storedUser(ana))
      assert.deepInclude(yield* eventOf(tap), { outcome: "applied", ambiguous: 2 })
      assert.strictEqual((yield* Counted).of("AmbiguousSends"), 2)
    }).pipe(inWorld),
  )

  it.effect.each(["0 seconds", "61 seconds"] as const)(
    "waits for the one thing that is still being written down, others having been so %s before",
    (pause) =>
      Effect.gen(function* () {
        const ana = somebody()
        yield* tell(says(ana, "/start"))
        const { yes } = yield* asked(ana)
        yield* TestClock.adjust(pause)
        yield* receive(yield* says(ana, "/help"))
        const events = yield* Events
        const died = Events.of({ ...events, finish: () => Effect.die(new Error("the process died")) })
        const failed = yield* Effect.provideService(untilDone(processBatch(yield* nextBatch)), Events, died)
        assert.lengthOf(failed, 1)
        yield* receive(yield* taps(ana, yes))
        yield* drainVisible
        assert.isDefined(yield* storedUser(ana))
        assert.isUndefined((yield* userOf(ana)).lock)
        // No worker that wrote it lives longer than a lease.
        yield* drain
        assert.isUndefined(yield* storedUser(ana))
        assert.strictEqual(yield* lastText, copy.en.forget.done(kept))
      }).pipe(inWorld),
  )

  it.effect("has it counted although a worker died before it could say so", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      const { yes } = yield* asked(ana)
      const tap = yield* taps(ana, yes)
      const telegram = yield* TelegramTest
      telegram.script.push(hangs)
      yield* receive(tap)
      yield* drainVisible
      yield* TestClock.adjust("1 minute")
      const events = yield* Events
      const died = Events.of({ ...events, finish: () => Effect.die(new Error("the process died")) })
      const failed = yield* Effect.provideService(untilDone(processBatch(yield* nextBatch)), Events, died)
      assert.lengthOf(failed, 1)
      assert.isUndefined(yield* storedUser(ana))
      yield* drain
      assert.deepInclude(yield* eventOf(tap), { outcome: "applied", ambiguous: 1 })
    }).pipe(inWorld),
  )

  it.effect("though they have blocked the bot: everything is deleted, and nothing is sent", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      const { yes } = yield* asked(ana)
      yield* tell(blocks(ana))
      const telegram = yield* TelegramTest
      const sent = telegram.sends().length
      yield* tell(taps(ana, yes))
      assert.isUndefined(yield* storedUser(ana))
      assert.lengthOf(telegram.sends(), sent)
    }).pipe(inWorld),
  )

  it.effect("is forgotten in the end, whatever they did while it could not be said", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      const { yes } = yield* asked(ana)
      const telegram = yield* TelegramTest
      telegram.script.push(rateLimited(1_800))
      yield* receive(yield* taps(ana, yes))
      yield* drainVisible
      yield* TestClock.adjust("15 minutes")
      yield* receive(yield* edits(ana, "hello"))
      yield* drainVisible
      yield* drain
      assert.isUndefined(yield* storedUser(ana))
      assert.strictEqual(yield* lastText, copy.en.forget.done(kept))
    }).pipe(inWorld),
  )
})
