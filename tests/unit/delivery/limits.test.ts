import { iso } from "@concierge/core/Time.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { states } from "../../fixtures/concierge.ts"
import { drain, drainVisible, nextBatch, receive, setAside, tell, workBatch } from "../../layers/drive.ts"
import { Counted } from "../../layers/metrics.ts"
import { outcomeOf, queued, userOf } from "../../layers/seen.ts"
import { rateLimited, TelegramTest } from "../../layers/telegram.ts"
import { beginning, inWorld } from "../../layers/testWorld.ts"
import { says, somebody } from "../../layers/updates.ts"

/** When each send was begun, in milliseconds from the beginning of the test. */
const times = Effect.map(TelegramTest, (telegram) => telegram.sends().map(({ at }) => at - beginning))

describe("a limit of Telegram's (429)", () => {
  it.effect("of up to five seconds is waited out in place", () =>
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

  it.effect("twice in a row goes back to the queue", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.script.push(rateLimited(2), rateLimited(2))
      const start = yield* says(somebody(), "/start")
      yield* receive(start)
      yield* drainVisible
      assert.deepStrictEqual(yield* queued, { waiting: 1, dead: 0 })
      assert.lengthOf(yield* times, 2)
      yield* drain
      assert.strictEqual(yield* outcomeOf(start), "applied")
      assert.lengthOf(yield* times, 3)
    }).pipe(inWorld),
  )

  it.effect("after one that was waited out goes back to the queue: two waits would be too long", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.script.push(rateLimited(60))
      const ana = somebody()
      const [first] = yield* setAside(says(ana, "/help"))
      if (first === undefined) return assert.fail("nothing was queued")
      yield* workBatch([first])
      yield* TestClock.adjust("57 seconds")
      telegram.script.push(rateLimited(4))
      yield* receive(yield* says(ana, "/help"))
      const waiting = (yield* queued).waiting
      assert.isEmpty(yield* workBatch(yield* nextBatch))
      assert.deepStrictEqual(yield* times, [0, 60_000])
      assert.strictEqual((yield* queued).waiting, waiting)
    }).pipe(inWorld),
  )

  it.effect("longer than that becomes a delayed copy, and holds back whatever else is for that chat", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.script.push(rateLimited(60))
      const ana = somebody()
      const start = yield* says(ana, "/start")
      yield* receive(start)
      yield* drainVisible
      const waiting = yield* userOf(ana)
      assert.deepInclude(waiting, { state: states.new, unresolved: 0, not_before: iso("2026-03-04T05:07:07.000Z") })
      assert.isUndefined(waiting.lock)
      yield* receive(yield* says(ana, "/help"))
      yield* drainVisible
      assert.lengthOf(yield* times, 1)
      yield* drain
      const [, ...later] = yield* times
      assert.lengthOf(later, 2)
      for (const at of later) assert.isAtLeast(at, 60_000)
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
      const start = yield* says(somebody(), "/start")
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
