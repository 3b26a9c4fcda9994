import { EventId, UserId } from "@concierge/core/ids.ts"
import { Events } from "@concierge/core/services/Events.ts"
import { currentShape } from "@concierge/core/stored/shape.ts"
import { assert } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { hostile, long } from "../hostile.ts"
import { Stored } from "../Stored.ts"
import { claimOf, type It, later, now, rawClaimOf, update } from "./updates.ts"

export const claimContract = (it: It) => {
  it.effect("the first claim creates the event", () =>
    Effect.gen(function* () {
      const events = yield* Events
      const eventId = update()
      const event = yield* events.claim(claimOf(eventId))
      assert.deepStrictEqual(event, { ...claimOf(eventId), processed: false, deliveries: 1, shape: currentShape })
      assert.deepStrictEqual(yield* (yield* Stored).item("events", eventId), { ...event })
      assert.deepStrictEqual(yield* events.get(eventId), Option.some(event))
    }),
  )

  it.effect("a claim without a person leaves none", () =>
    Effect.gen(function* () {
      const events = yield* Events
      const eventId = update()
      const event = yield* events.claim(rawClaimOf(eventId))
      assert.deepStrictEqual(event, { ...rawClaimOf(eventId), processed: false, deliveries: 1, shape: currentShape })
      assert.deepStrictEqual(yield* (yield* Stored).item("events", eventId), { ...event })
    }),
  )

  it.effect("claimed again, it is one delivery more and otherwise as it was", () =>
    Effect.gen(function* () {
      const events = yield* Events
      const eventId = update()
      const first = yield* events.claim(claimOf(eventId))
      const other = claimOf(eventId, {
        userId: UserId.make("telegram_6"),
        eventType: "menu",
        payload: {},
        timestamp: later,
      })
      assert.deepStrictEqual(yield* events.claim(other), { ...first, deliveries: 2 })
      assert.deepStrictEqual(yield* events.claim({ ...other, expiresAt: 1 }), { ...first, deliveries: 3 })
    }),
  )

  it.effect("claimed after its end, it says how it ended", () =>
    Effect.gen(function* () {
      const events = yield* Events
      const eventId = update()
      const first = yield* events.claim(claimOf(eventId))
      yield* events.finish({ eventId, outcome: "applied", at: later })
      const ended = { ...first, processed: true, outcome: "applied", finishedAt: later, deliveries: 2 } as const
      assert.deepStrictEqual(yield* events.claim(claimOf(eventId, { eventType: "menu" })), ended)
    }),
  )

  it.effect("a parked update that decodes now takes the decoded fields", () =>
    Effect.gen(function* () {
      const events = yield* Events
      const eventId = update()
      yield* events.claim(rawClaimOf(eventId))
      yield* events.finish({ eventId, outcome: "parked", at: now })
      const decoded = claimOf(eventId, { payload: { text: null, from: { id: 5 } }, timestamp: later, expiresAt: 2e9 })
      const event = yield* events.claim(decoded)
      const parked = { processed: true, outcome: "parked", finishedAt: now, deliveries: 2 } as const
      // When it was seen first stays: it is by then that what the person did since is judged.
      assert.deepStrictEqual(event, { ...decoded, timestamp: now, ...parked, shape: currentShape })
      assert.deepStrictEqual(yield* (yield* Stored).item("events", eventId), { ...event })
      const shorter = { ...decoded, payload: { from: {} } }
      assert.deepStrictEqual((yield* events.claim(shorter)).payload, { from: {} })
    }),
  )

  it.effect("a parked update whose person is known keeps them until it is stripped", () =>
    Effect.gen(function* () {
      const events = yield* Events
      const eventId = update()
      const userId = UserId.make(`telegram_${eventId}`)
      yield* events.claim(claimOf(eventId, { userId }))
      yield* events.finish({ eventId, outcome: "parked", at: now })
      assert.deepInclude(yield* events.claim(rawClaimOf(eventId)), { userId, eventType: "start", deliveries: 2 })
      yield* events.strip(userId, [])
      // Somebody has been forgotten: a repeat that nobody understands brings nothing of them back.
      yield* events.claim({ ...rawClaimOf(eventId), userId })
      const stored = yield* (yield* Stored).item("events", eventId)
      assert.doesNotHaveAnyKeys(stored, ["userId", "payload"])
      assert.deepInclude(stored, { outcome: "parked", deliveries: 3 })
    }),
  )

  it.effect("a parked update that still does not decode stays parked", () =>
    Effect.gen(function* () {
      const events = yield* Events
      const eventId = update()
      yield* events.claim(rawClaimOf(eventId))
      yield* events.finish({ eventId, outcome: "parked", at: now })
      const again = { ...rawClaimOf(eventId), timestamp: later, expiresAt: 2e9, payload: '{"update_id":1' }
      const event = yield* events.claim(again)
      const { timestamp, expiresAt } = rawClaimOf(eventId)
      const first = { payload: '{"update_id":', timestamp, expiresAt }
      assert.deepInclude(event, { outcome: "parked", deliveries: 2, ...first })
    }),
  )

  it.effect("of fifty claims at once one is the first, and all are counted", () =>
    Effect.gen(function* () {
      const events = yield* Events
      const eventId = update()
      const types = Array.from({ length: 50 }, (_, index) => `type ${index}`)
      const claims = yield* Effect.forEach(types, (eventType) => events.claim(claimOf(eventId, { eventType })), {
        concurrency: "unbounded",
      })
      const deliveries = claims.map((event) => event.deliveries).toSorted((one, other) => one - other)
      assert.deepStrictEqual(
        deliveries,
        types.map((_, index) => index + 1),
      )
      assert.strictEqual(new Set(claims.map(({ eventType }) => eventType)).size, 1)
    }),
  )

  it.effect.each(hostile)("%j is an id, a type and a payload like any other", (text) =>
    Effect.gen(function* () {
      const events = yield* Events
      const claim = claimOf(EventId.make(`${text}#${update()}`), {
        userId: UserId.make(`user ${text}`),
        eventType: text,
        payload: { text, nested: [{ deep: text }, [], {}, null, true, 0.1, -1e21] },
      })
      assert.deepStrictEqual(yield* events.claim(claim), {
        ...claim,
        processed: false,
        deliveries: 1,
        shape: currentShape,
      })
      assert.deepStrictEqual(Option.getOrUndefined(yield* events.get(claim.eventId))?.payload, claim.payload)
      assert.strictEqual((yield* events.claim(claim)).deliveries, 2)
      yield* events.finish({ eventId: claim.eventId, outcome: "applied", at: now })
      assert.deepStrictEqual(yield* events.finished([claim.eventId]), new Map([[claim.eventId, now]]))
      yield* events.strip(UserId.make(`user ${text}`), [])
      assert.notProperty(Option.getOrUndefined(yield* events.get(claim.eventId)), "payload")
    }),
  )

  it.effect("payloads may be empty, or long, or raw text of a whole update", () =>
    Effect.gen(function* () {
      const events = yield* Events
      for (const payload of [{}, "", { text: long }, `{"text":"${long.repeat(20)}"}`]) {
        const eventId = update()
        assert.deepStrictEqual((yield* events.claim(claimOf(eventId, { payload }))).payload, payload)
        assert.deepStrictEqual(Option.getOrUndefined(yield* events.get(eventId))?.payload, payload)
      }
    }),
  )
}
