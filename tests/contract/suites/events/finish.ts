import { Events } from "@concierge/core/services/Events.ts"
import { Iso } from "@concierge/core/Time.ts"
import type { Outcome } from "@concierge/core/updates/Outcome.ts"
import { assert } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Stored } from "../Stored.ts"
import { claimOf, type It, later, now, rawClaimOf, update } from "./updates.ts"

/** A claimed event that is not finished. */
const claimed = Effect.fnUntraced(function* () {
  return yield* (yield* Events).claim(claimOf(update()))
})

export const finishContract = (it: It) => {
  it.effect("finish records the outcome and its time", () =>
    Effect.gen(function* () {
      const events = yield* Events
      const event = yield* claimed()
      yield* events.finish({ eventId: event.eventId, outcome: "ignored: stale", at: later })
      assert.deepStrictEqual(yield* (yield* Stored).item("events", event.eventId), {
        ...event,
        processed: true,
        outcome: "ignored: stale",
        finishedAt: later,
      })
    }),
  )

  it.effect("finish says what was less or more than planned", () =>
    Effect.gen(function* () {
      const events = yield* Events
      const { eventId } = yield* claimed()
      yield* events.finish({ eventId, outcome: "applied", at: later, degraded: true, ambiguous: 2 })
      assert.deepInclude(yield* (yield* Stored).item("events", eventId), { degraded: true, ambiguous: 2 })
    }),
  )

  it.effect("the first outcome stands", () =>
    Effect.gen(function* () {
      const events = yield* Events
      const { eventId } = yield* claimed()
      yield* events.finish({ eventId, outcome: "applied", at: now })
      const before = yield* (yield* Stored).item("events", eventId)
      for (const outcome of ["ignored: duplicate", "parked"] satisfies ReadonlyArray<Outcome>) {
        yield* events.finish({ eventId, outcome, at: later, degraded: true, anonymous: true })
      }
      assert.deepStrictEqual(yield* (yield* Stored).item("events", eventId), before)
    }),
  )

  it.effect("of fifty outcomes at once one stands, whole", () =>
    Effect.gen(function* () {
      const events = yield* Events
      const { eventId } = yield* claimed()
      const counts = Array.from({ length: 50 }, (_, index) => index)
      yield* Effect.forEach(
        counts,
        (count) => events.finish({ eventId, outcome: "applied", at: Iso.make(`at ${count}`), ambiguous: count }),
        { concurrency: "unbounded" },
      )
      const item = yield* (yield* Stored).item("events", eventId)
      assert.strictEqual(item?.finishedAt, `at ${item?.ambiguous}`)
    }),
  )

  it.effect("parked is replaced", () =>
    Effect.gen(function* () {
      const events = yield* Events
      const eventId = update()
      yield* events.claim(rawClaimOf(eventId))
      yield* events.finish({ eventId, outcome: "parked", at: now })
      yield* events.finish({ eventId, outcome: "applied", at: later })
      yield* events.finish({ eventId, outcome: "parked", at: now })
      assert.deepInclude(yield* (yield* Stored).item("events", eventId), { outcome: "applied", finishedAt: later })
    }),
  )

  it.effect("an anonymous end takes the person and their words away", () =>
    Effect.gen(function* () {
      const events = yield* Events
      const { payload: _, userId: __, ...rest } = yield* claimed()
      yield* events.finish({ eventId: rest.eventId, outcome: "applied", at: later, anonymous: true })
      assert.deepStrictEqual(yield* (yield* Stored).item("events", rest.eventId), {
        ...rest,
        processed: true,
        outcome: "applied",
        finishedAt: later,
      })
    }),
  )

  it.effect("an event that was never claimed, or has expired, is not brought into being by its end", () =>
    Effect.gen(function* () {
      const events = yield* Events
      const eventId = update()
      yield* events.finish({ eventId, outcome: "applied", at: later })
      yield* events.finish({ eventId, outcome: "applied", at: later, anonymous: true })
      assert.isUndefined(yield* (yield* Stored).item("events", eventId))
    }),
  )
}
