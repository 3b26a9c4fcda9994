import { processBatch } from "@concierge/core/delivery/batch.ts"
import { iso } from "@concierge/core/Time.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { states } from "../../fixtures/concierge.ts"
import { drain, drainVisible, nextBatch, receive, tell } from "../../layers/drive.ts"
import { Counted } from "../../layers/metrics.ts"
import { outcomeOf, queued, userOf } from "../../layers/seen.ts"
import { ok, rateLimited, TelegramTest } from "../../layers/telegram.ts"
import { beginning, inWorld } from "../../layers/testWorld.ts"
import { untilDone } from "../../layers/untilDone.ts"
import { says, somebody, taps } from "../../layers/updates.ts"

/** When each send was begun, in milliseconds from the beginning of the test. */
const times = Effect.map(TelegramTest, (telegram) => telegram.sends().map(({ at }) => at - beginning))

describe("a limit of Telegram's (429)", () => {
  it.effect("is waited out in hand", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.script.push(rateLimited(5))
      const ana = somebody()
      const start = yield* says(ana, "/start")
      yield* receive(start)
      yield* drainVisible
      assert.deepStrictEqual(yield* times, [0, 5_000])
      assert.strictEqual(yield* outcomeOf(start), "applied")
      assert.deepInclude(yield* userOf(ana), { state: states.video, ambiguous: 0 })
      assert.strictEqual((yield* Counted).of("SendFailures"), 0)
    }).pipe(inWorld),
  )

  it.effect("of a chat for longer than anything is waited for in hand stops the spinner all the same", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      telegram.script.push(rateLimited(90))
      yield* receive(yield* says(ana, "/menu"))
      yield* drainVisible
      const [before, from] = [telegram.calls.length, yield* Clock.currentTimeMillis]
      yield* receive(yield* taps(ana, "play_audio"))
      assert.isEmpty(yield* untilDone(processBatch(yield* nextBatch)))
      const calls = telegram.calls.slice(before).map(({ at, method }) => [method, at - from])
      assert.deepStrictEqual(calls, [["answerCallback", 0]])
    }).pipe(inWorld),
  )

  it.effect("again and again is waited out as long as there is time to send", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.script.push(...Array.from({ length: 20 }, () => rateLimited(4)))
      const start = yield* says(somebody(), "/start")
      yield* receive(start)
      yield* drainVisible
      assert.deepStrictEqual(yield* queued, { waiting: 1, dead: 0 })
      assert.deepStrictEqual(yield* times, [0, 4_000, 8_000, 12_000, 16_000, 20_000, 24_000, 28_000, 32_000, 36_000])
      yield* drain
      assert.strictEqual(yield* outcomeOf(start), "applied")
      assert.lengthOf(yield* times, 21)
    }).pipe(inWorld),
  )

  it.effect("of a few seconds for hours is no dead letter before the six hours are over", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      const ana = somebody()
      telegram.always = () => rateLimited(8)
      yield* receive(yield* says(ana, "/start"))
      yield* TestClock.adjust("1 second")
      const from = yield* Clock.currentTimeMillis
      while ((yield* queued).dead === 0) {
        yield* drainVisible
        assert.isBelow((yield* Clock.currentTimeMillis) - from, 7 * 3_600_000)
        yield* TestClock.adjust("5 minutes")
      }
      assert.isAtLeast((yield* Clock.currentTimeMillis) - from, 6 * 3_600_000)
    }).pipe(inWorld),
  )

  it.effect("of more than six hours, named by Telegram, is waited for", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      const ana = somebody()
      telegram.script.push(rateLimited(8 * 3_600))
      const help = yield* says(ana, "/help")
      yield* tell(Effect.succeed(help))
      assert.strictEqual(yield* outcomeOf(help), "applied")
      assert.isAtLeast((yield* times)[1] ?? 0, 8 * 3_600_000)
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
    }).pipe(inWorld),
  )

  it.effect("of one method for hours leaves the others alone: the link instead of the video", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.always = (method) => (method === "sendVideo" ? rateLimited(5 * 3_600) : ok)
      const people = [somebody(), somebody(), somebody(), somebody()]
      for (const person of people) yield* tell(says(person, "/start"), says(person, "/help"))
      for (const person of people) assert.strictEqual((yield* userOf(person)).state, states.video)
      const videos = telegram.sends().filter(({ method }) => method === "sendVideo")
      assert.lengthOf(videos, 2, "two chats are enough to know the method's limit")
      assert.lengthOf(telegram.accepted(), 8)
    }).pipe(inWorld),
  )

  it.effect("longer than that becomes a delayed copy, and holds back whatever else is for that chat", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.script.push(rateLimited(90))
      const ana = somebody()
      const start = yield* says(ana, "/start")
      yield* receive(start)
      yield* drainVisible
      const waiting = yield* userOf(ana)
      assert.deepInclude(waiting, { state: states.new, unresolved: 0, not_before: iso("2026-03-04T05:07:37.000Z") })
      assert.isUndefined(waiting.lock)
      yield* receive(yield* says(ana, "/help"))
      yield* drainVisible
      assert.lengthOf(yield* times, 1)
      yield* drain
      const [, ...later] = yield* times
      assert.lengthOf(later, 2)
      for (const at of later) assert.isAtLeast(at, 90_000)
      const done = yield* userOf(ana)
      assert.notProperty(done, "not_before")
      assert.deepInclude(done, { state: states.video, ambiguous: 0 })
      assert.strictEqual((yield* Counted).of("UpdatesDeferred"), 2)
    }).pipe(inWorld),
  )

  it.effect("does not hold back other people", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.script.push(rateLimited(60))
      yield* receive(yield* says(somebody(), "/start"))
      yield* receive(yield* says(somebody(), "/start"))
      yield* drainVisible
      assert.deepStrictEqual(yield* times, [0, 0])
    }).pipe(inWorld),
  )

  it.effect("longer than the queue can delay is waited for in several copies, and nothing is sent before", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.script.push(rateLimited(3_600))
      const start = yield* says(somebody(), "/help")
      yield* tell(Effect.succeed(start))
      const [first, second, ...more] = yield* times
      assert.strictEqual(first, 0)
      assert.isEmpty(more)
      assert.isAtLeast(second ?? 0, 3_600_000)
      assert.isAtMost(second ?? 0, 3_602_000)
      assert.strictEqual(yield* outcomeOf(start), "applied")
    }).pipe(inWorld),
  )
})
