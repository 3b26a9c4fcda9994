import { userIdOf } from "@concierge/core/ids.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { states } from "../../fixtures/concierge.ts"
import { setAside, tell, workBatch } from "../../layers/drive.ts"
import { Counted } from "../../layers/metrics.ts"
import { eventOf, outcomeOf, userOf } from "../../layers/seen.ts"
import { TelegramTest } from "../../layers/telegram.ts"
import { inWorld } from "../../layers/testWorld.ts"
import { says, somebody } from "../../layers/updates.ts"

describe("a parked update", () => {
  it.effect("is counted once, however often it comes, and sends nothing", () =>
    Effect.gen(function* () {
      const update = { update_id: 6_100_000_000, message: { text: "/start" } }
      yield* tell(Effect.succeed(update), Effect.succeed(update))
      assert.strictEqual((yield* Counted).of("UpdatesParked"), 1)
      assert.isEmpty((yield* TelegramTest).calls)
      assert.deepInclude(yield* eventOf(update), { outcome: "parked", eventType: "message", deliveries: 2 })
      assert.notProperty(yield* eventOf(update), "userId")
    }).pipe(inWorld),
  )

  it.effect("does not hold up the person's next one", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const { message, update_id } = yield* says(ana, "/start")
      const broken = { update_id, message: { ...message, date: "today" } }
      const next = yield* says(ana, "/start")
      yield* tell(Effect.succeed(broken), Effect.succeed(next))
      assert.strictEqual(yield* outcomeOf(broken), "parked")
      assert.strictEqual(yield* outcomeOf(next), "applied")
    }).pipe(inWorld),
  )

  it.effect("is worked when it comes again and a fix understands it, once", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const start = yield* says(ana, "/start ref_a")
      const [record] = yield* setAside(Effect.succeed(start))
      if (record === undefined) return assert.fail("nothing was queued")
      // What today's schema understands stands for the fix; before it, the same update did not decode.
      const before = { ...start, message: { ...start.message, date: "today" } }
      yield* workBatch([{ ...record, update: { ...record.update, body: JSON.stringify(before) } }])
      assert.strictEqual(yield* outcomeOf(start), "parked")
      yield* TestClock.adjust("10 days")
      yield* workBatch([record])
      const event = yield* eventOf(start)
      assert.deepInclude(event, {
        outcome: "applied",
        eventType: "start",
        userId: userIdOf(ana.id),
        processed: true,
      })
      assert.deepInclude(event?.payload, { text: "/start ref_a" })
      assert.deepInclude(yield* userOf(ana), { state: states.video, ref_code: "ref_a" })
      yield* workBatch([record])
      assert.lengthOf((yield* TelegramTest).sends(), 1)
    }).pipe(inWorld),
  )

  it.effect("that turns out to be of no use is ignored after the fix", () =>
    Effect.gen(function* () {
      const start = yield* says(somebody(), "/start")
      const [record] = yield* setAside(Effect.succeed(start))
      if (record === undefined) return assert.fail("nothing was queued")
      yield* workBatch([
        { ...record, update: { ...record.update, body: `{"update_id":${start.update_id},"message":1}` } },
      ])
      yield* workBatch([{ ...record, update: { ...record.update, body: `{"update_id":${start.update_id},"poll":1}` } }])
      assert.strictEqual(yield* outcomeOf(start), "ignored: unused kind")
    }).pipe(inWorld),
  )
})
