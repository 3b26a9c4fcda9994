import { processBatch } from "@concierge/core/programs/processBatch.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { drain, nextBatch, receive, tell, workBatch } from "../layers/drive.ts"
import { counters, outcomeOf, queued, userOf } from "../layers/seen.ts"
import { slow, TelegramTest } from "../layers/telegram.ts"
import { inWorld } from "../layers/testWorld.ts"
import { untilDone } from "../layers/untilDone.ts"
import { says, somebody, taps } from "../layers/updates.ts"

describe("an update that comes more than once", () => {
  it.effect("twice at once, to two workers: one sends, the other waits and sees (no update twice)", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const telegram = yield* TelegramTest
      telegram.script.push(slow(2_000))
      const start = yield* says(ana, "/start ref_a")
      yield* receive(start)
      const first = yield* nextBatch
      yield* receive(start)
      const second = yield* nextBatch
      const failed = yield* untilDone(Effect.all([processBatch(first), processBatch(second)], { concurrency: 2 }))
      assert.deepStrictEqual(failed, [[], []])
      assert.lengthOf(telegram.sends(), 1)
      assert.deepInclude(yield* userOf(ana), { state: "WELCOME_VIDEO_SENT", version: 1, unresolved: 0, ambiguous: 0 })
      assert.deepStrictEqual(yield* counters("funnel#"), { WELCOME_VIDEO_SENT: 1 })
    }).pipe(inWorld),
  )

  it.effect("again after 20 hours, when much has happened since: nothing (an id changes the state once, ever)", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const start = yield* says(ana, "/start ref_a")
      yield* tell(Effect.succeed(start), taps(ana, "play_audio"), taps(ana, "finish"))
      for (let hint = 0; hint < 20; hint++) yield* tell(says(ana, "hello"))
      const [before, sent] = [yield* userOf(ana), (yield* TelegramTest).sends().length]
      yield* TestClock.adjust("20 hours")
      yield* tell(Effect.succeed(start))
      assert.deepStrictEqual(yield* userOf(ana), before)
      assert.lengthOf((yield* TelegramTest).sends(), sent)
    }).pipe(inWorld),
  )

  it.effect("one bad record among ten: it alone is received again, and dies alone (nine are not worked twice)", () =>
    Effect.gen(function* () {
      const updates = yield* Effect.all(Array.from({ length: 10 }, () => says(somebody(), "/start")))
      for (const update of updates) yield* receive(update)
      const batch = (yield* nextBatch).map((record, index) =>
        index === 6 ? { ...record, update: { ...record.update, body: "{" } } : record,
      )
      assert.deepStrictEqual(yield* workBatch(batch), [batch[6]?.id])
      assert.lengthOf((yield* TelegramTest).sends(), 9)
      // On the queue it is whole: the next receive works it.
      yield* drain
      assert.lengthOf((yield* TelegramTest).sends(), 10)
      for (const update of updates) assert.strictEqual(yield* outcomeOf(update), "applied")
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
    }).pipe(inWorld),
  )
})
