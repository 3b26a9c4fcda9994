import { UserId } from "@concierge/core/ids.ts"
import { Events } from "@concierge/core/services/Events.ts"
import { currentShape } from "@concierge/core/stored/shape.ts"
import { assert } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { Stored } from "../Stored.ts"
import { claimOf, type It, later, now, rawClaimOf, update } from "./updates.ts"

const reasonOf = <A, R>(effect: Effect.Effect<A, { readonly reason: { readonly _tag: string } }, R>) =>
  Effect.map(Effect.flip(effect), ({ reason }) => reason._tag)

export const otherContract = (it: It) => {
  it.effect("finished names those that have ended, with the time", () =>
    Effect.gen(function* () {
      const events = yield* Events
      const [open, first, second, parked] = [update(), update(), update(), update()]
      yield* events.claim(claimOf(open))
      yield* events.claim(claimOf(first))
      yield* events.finish({ eventId: first, outcome: "applied", at: now })
      yield* events.claim(claimOf(second))
      yield* events.finish({ eventId: second, outcome: "ignored: group", at: later })
      // It may still be worked, so nobody may forget that they have worked it.
      yield* events.claim(rawClaimOf(parked))
      yield* events.finish({ eventId: parked, outcome: "parked", at: now })
      const finished = yield* events.finished([second, open, update(), parked, first])
      assert.deepStrictEqual(
        finished,
        new Map([
          [second, later],
          [first, now],
        ]),
      )
      assert.strictEqual((yield* events.finished([])).size, 0)
      assert.deepStrictEqual(yield* events.finished([first, first]), new Map([[first, now]]))
    }),
  )

  it.effect("finished takes more ids than a batch holds", () =>
    Effect.gen(function* () {
      const events = yield* Events
      const ids = Array.from({ length: 230 }, update)
      const ended = ids.filter((_, index) => index % 10 === 0)
      yield* Effect.forEach(ended, (eventId) => events.claim(claimOf(eventId)), { concurrency: 10 })
      yield* Effect.forEach(ended, (eventId) => events.finish({ eventId, outcome: "applied", at: now }), {
        concurrency: 10,
      })
      assert.deepStrictEqual([...(yield* events.finished(ids)).keys()].toSorted(), ended.toSorted())
    }),
  )

  it.effect("strip takes one person out of all their events, and the outcomes stay", () =>
    Effect.gen(function* () {
      const events = yield* Events
      const stored = yield* Stored
      const [open, ended, others] = [update(), update(), update()]
      const userId = `telegram_${open}`
      yield* events.claim(claimOf(open, { userId: UserId.make(userId) }))
      yield* events.claim(claimOf(ended, { userId: UserId.make(userId), payload: "raw" }))
      yield* events.finish({ eventId: ended, outcome: "applied", at: later, degraded: true })
      const untouched = yield* events.claim(claimOf(others, { userId: UserId.make(`${userId}1`) }))
      yield* events.strip(UserId.make(userId), [])
      const { payload: _, userId: __, ...rest } = claimOf(open)
      const left = { ...rest, processed: false, deliveries: 1, shape: currentShape }
      const outcome = { processed: true, outcome: "applied", finishedAt: later, degraded: true }
      assert.deepStrictEqual(yield* stored.item("events", open), left)
      assert.deepStrictEqual(yield* stored.item("events", ended), { ...left, eventId: ended, ...outcome })
      assert.deepStrictEqual(yield* stored.item("events", others), { ...untouched })
      yield* events.strip(UserId.make(userId), [])
      assert.deepStrictEqual(yield* stored.item("events", open), left)
    }),
  )

  it.effect("the events that name a person are found, whether they ended or not", () =>
    Effect.gen(function* () {
      const events = yield* Events
      const [open, ended, others] = [update(), update(), update()]
      const userId = `telegram_${open}`
      yield* events.claim(claimOf(open, { userId: UserId.make(userId) }))
      yield* events.claim(claimOf(ended, { userId: UserId.make(userId) }))
      yield* events.claim(claimOf(others, { userId: UserId.make(`${userId}1`) }))
      yield* events.finish({ eventId: ended, outcome: "applied", at: later })
      assert.deepStrictEqual((yield* events.ofUser(UserId.make(userId))).toSorted(), [open, ended].toSorted())
      yield* events.strip(UserId.make(userId), [])
      assert.isEmpty(yield* events.ofUser(UserId.make(userId)))
    }),
  )

  it.effect("a stripped event that comes again does not bring the person back", () =>
    Effect.gen(function* () {
      const events = yield* Events
      const eventId = update()
      const claim = claimOf(eventId, { userId: UserId.make(`telegram_${eventId}`) })
      yield* events.claim(claim)
      yield* events.strip(UserId.make(`telegram_${eventId}`), [])
      const again = yield* events.claim(claim)
      assert.notProperty(again, "userId")
      assert.notProperty(again, "payload")
      assert.strictEqual(again.deliveries, 2)
    }),
  )

  it.effect(
    "strip takes a person out of an event that is known to be theirs, and nobody else out of one that is not",
    () =>
      Effect.gen(function* () {
        const events = yield* Events
        const [mine, others, never] = [update(), update(), update()]
        const userId = `telegram_${mine}`
        yield* events.claim(claimOf(mine, { userId: UserId.make(userId) }))
        const untouched = yield* events.claim(claimOf(others, { userId: UserId.make(`${userId}1`) }))
        yield* events.strip(UserId.make(userId), [mine, others, never])
        assert.notProperty(Option.getOrThrow(yield* events.get(mine)), "userId")
        assert.deepStrictEqual(yield* events.get(others), Option.some(untouched))
        assert.isTrue(Option.isNone(yield* events.get(never)))
      }),
  )

  it.effect("strip reaches every event of somebody with many", () =>
    Effect.gen(function* () {
      const events = yield* Events
      const userId = `telegram_${update()}`
      const ids = Array.from({ length: 60 }, update)
      // Large enough that an index answers in pages of a megabyte.
      const payload = { text: "x".repeat(40_000) }
      yield* Effect.forEach(
        ids,
        (eventId) => events.claim(claimOf(eventId, { userId: UserId.make(userId), payload })),
        { concurrency: 10 },
      )
      yield* events.strip(UserId.make(userId), [])
      const left = yield* Effect.forEach(ids, (eventId) => events.get(eventId), { concurrency: 10 })
      assert.isTrue(left.every((event) => Option.isSome(event) && !("userId" in event.value)))
    }),
  )

  it.effect("an event that does not decode is Corrupt", () =>
    Effect.gen(function* () {
      const events = yield* Events
      const event = yield* events.claim(claimOf(update()))
      yield* (yield* Stored).put("events", { ...event, outcome: "lost" })
      assert.strictEqual(yield* reasonOf(events.get(event.eventId)), "Corrupt")
      assert.strictEqual(yield* reasonOf(events.claim(claimOf(event.eventId))), "Corrupt")
    }),
  )

  it.effect("nobody knows an event that was never claimed", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* (yield* Events).get(update()), Option.none())
    }),
  )
}
