import { processBatch } from "@concierge/core/delivery/batch.ts"
import { eventIdOf } from "@concierge/core/ids.ts"
import { UpdateQueue } from "@concierge/core/services/UpdateQueue.ts"
import { Iso } from "@concierge/core/Time.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { states } from "../fixtures/concierge.ts"
import { drain, nextBatch, receive, tell, workBatch } from "../layers/drive.ts"
import { Counted } from "../layers/metrics.ts"
import { counters, eventOf, outcomeOf, queued, userOf } from "../layers/seen.ts"
import { slow, TelegramTest, username } from "../layers/telegram.ts"
import { botId, inWorld } from "../layers/testWorld.ts"
import { untilDone } from "../layers/untilDone.ts"
import { says, saysInGroup, somebody, someGroup, taps } from "../layers/updates.ts"

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
      const from = yield* Clock.currentTimeMillis
      const failed = yield* untilDone(Effect.all([processBatch(first), processBatch(second)], { concurrency: 2 }))
      assert.deepStrictEqual(failed, [[], []])
      // It was still being sent when the other came, who waited beyond it.
      assert.isAbove((yield* Clock.currentTimeMillis) - from, 2_000)
      assert.deepInclude(yield* eventOf(start), { outcome: "applied", deliveries: 2 })
      assert.lengthOf(telegram.sends(), 1)
      assert.deepInclude(yield* userOf(ana), { state: states.video, version: 1, unresolved: 0, ambiguous: 0 })
      assert.deepStrictEqual(yield* counters("funnel#"), { [states.video]: 1 })
    }).pipe(inWorld),
  )

  it.effect("twice at once, in a group: one answers, the other waits and sees", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.script.push(slow(500), slow(500))
      const start = yield* saysInGroup(somebody(), someGroup(), `/start@${username}`)
      yield* receive(start)
      const first = yield* nextBatch
      yield* receive(start)
      const second = yield* nextBatch
      const failed = yield* untilDone(Effect.all([processBatch(first), processBatch(second)], { concurrency: 2 }))
      assert.deepStrictEqual(failed, [[], []])
      yield* drain
      assert.lengthOf(telegram.sends(), 1)
      const event = yield* eventOf(start)
      assert.strictEqual(event?.outcome, "applied")
      assert.isUndefined(event?.ambiguous)
      assert.strictEqual((yield* Counted).of("AmbiguousSends"), 0)
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
    }).pipe(inWorld),
  )

  it.effect("again after 20 hours, when much has happened since: nothing (an id changes the state once, ever)", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const start = yield* says(ana, "/start ref_a")
      yield* tell(Effect.succeed(start), taps(ana, "play_audio"), taps(ana, "finish"))
      for (let hint = 0; hint < 20; hint++) yield* tell(says(ana, "hello"))
      const [before, sent] = [yield* userOf(ana), (yield* TelegramTest).sends().length]
      // By now the person does not carry it any more: only its event tells.
      assert.notProperty(before.recent, eventIdOf(botId, start.update_id))
      yield* TestClock.adjust("20 hours")
      yield* tell(Effect.succeed(start))
      assert.deepInclude(yield* eventOf(start), { outcome: "applied", deliveries: 2 })
      assert.deepStrictEqual(yield* userOf(ana), before)
      assert.lengthOf((yield* TelegramTest).sends(), sent)
    }).pipe(inWorld),
  )

  it.effect("one bad record among ten: it alone dies, and the nine are worked at the first receive", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      const updates = yield* Effect.all(Array.from({ length: 9 }, () => says(somebody(), "/start")))
      for (const update of updates.slice(0, 6)) yield* receive(update)
      const attributes = { updateId: 1, kind: "message", receivedAt: Iso.make(""), correlationId: "", attempt: 0 }
      yield* (yield* UpdateQueue).send({ body: "{", group: "none", attributes })
      for (const update of updates.slice(6)) yield* receive(update)
      const batch = yield* nextBatch
      assert.lengthOf(batch, 10)
      assert.deepStrictEqual(yield* workBatch(batch), [batch[6]?.id])
      for (const update of updates) assert.deepInclude(yield* eventOf(update), { outcome: "applied", deliveries: 1 })
      yield* drain
      assert.lengthOf(telegram.sends(), 9)
      for (const update of updates) assert.deepInclude(yield* eventOf(update), { deliveries: 1 })
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 1 })
    }).pipe(inWorld),
  )

  it.effect("one bad record among ten that is whole the next time: it alone is received again (nine are not)", () =>
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
