import { EventId } from "@concierge/core/ids.ts"
import type { Claim } from "@concierge/core/services/Events.ts"
import { Events } from "@concierge/core/services/Events.ts"
import { Parked } from "@concierge/core/services/Parked.ts"
import { currentShape } from "@concierge/core/stored/shape.ts"
import { Iso } from "@concierge/core/Time.ts"
import { assert, describe, it as plain } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import { claimOf, later, rawClaimOf, update } from "./events/updates.ts"
import { hostile } from "./hostile.ts"
import { Stored } from "./Stored.ts"

const park = Effect.fnUntraced(function* (claim: Claim) {
  const events = yield* Events
  yield* events.claim(claim)
  yield* events.finish({ eventId: claim.eventId, outcome: "parked", at: later })
  return claim.eventId
})

const listed = (max: number) =>
  Parked.use((parked) => Effect.map(parked.list(max), (events) => events.map(({ eventId }) => eventId)))

const at = (hour: number) => ({ timestamp: Iso.make(`2026-03-04T${String(hour).padStart(2, "0")}:00:00.000Z`) })

/** What an operator finds of updates that were not understood. `layer` is made anew for each test. */
export const parkedContract = <E>(name: string, layer: Layer.Layer<Parked | Events | Stored, E>) =>
  describe(`Parked: ${name}`, () => {
    const it = (title: string, test: Effect.Effect<void, unknown, Parked | Events | Stored>) =>
      plain.effect(title, () => Effect.provide(test, layer))

    it(
      "none is parked where none was",
      Effect.gen(function* () {
        assert.deepStrictEqual(yield* listed(10), [])
      }),
    )

    it(
      "they are listed whole, whatever is in their text, and nothing else is",
      Effect.gen(function* () {
        const events = yield* Events
        const payload = JSON.stringify({ update_id: 1, message: { texts: [...hostile, "👩‍👩‍👧‍👦 😀 \u{10ffff}"] } })
        const eventId = yield* park({ ...rawClaimOf(update()), payload })
        yield* events.claim(claimOf(update()))
        const ended = yield* events.claim(claimOf(update()))
        yield* events.finish({ eventId: ended.eventId, outcome: "applied", at: later })
        const { userId: _, ...claim } = claimOf(eventId, { eventType: "message", payload })
        const end = { processed: true, outcome: "parked" as const, finishedAt: later }
        const event = Result.succeed({ ...claim, deliveries: 1, ...end, shape: currentShape })
        assert.deepStrictEqual(yield* (yield* Parked).list(10), [{ eventId, event }])
      }),
    )

    it(
      "one that does not decode is said to be Corrupt, and hides none of the others",
      Effect.gen(function* () {
        const [first, broken, last] = yield* Effect.forEach([1, 2, 3], (hour) =>
          park({ ...rawClaimOf(update()), ...at(hour) }),
        )
        const stored = yield* Stored
        const item = yield* stored.item("events", broken ?? "")
        yield* stored.put("events", { ...item, deliveries: "two" })
        const found = yield* (yield* Parked).list(10)
        assert.deepStrictEqual(
          found.map(({ event, eventId }) => [eventId, Result.isFailure(event) ? event.failure._tag : "read"]),
          [
            [first, "read"],
            [broken, "Corrupt"],
            [last, "read"],
          ],
        )
      }),
    )

    it(
      "those parked first before the others, up to as many as were asked for",
      Effect.gen(function* () {
        const hours = [7, 3, 11, 1, 9, 5]
        const parked = yield* Effect.forEach(hours, (hour) => park({ ...rawClaimOf(update()), ...at(hour) }))
        const twin = yield* park({ ...rawClaimOf(EventId.make(`${parked[1]}1`)), ...at(3) })
        const [seven, three, eleven, one, nine, five] = parked
        const inOrder = [one, three, twin, five, seven, nine, eleven]
        assert.deepStrictEqual(yield* listed(100), inOrder)
        assert.deepStrictEqual(yield* listed(7), inOrder)
        assert.deepStrictEqual(yield* listed(3), inOrder.slice(0, 3))
      }),
    )

    it(
      "one that was understood in the end is not parked any more",
      Effect.gen(function* () {
        const events = yield* Events
        const [first, second] = [yield* park(rawClaimOf(update())), yield* park(rawClaimOf(update()))]
        yield* events.claim(claimOf(first))
        yield* events.finish({ eventId: first, outcome: "applied", at: later })
        assert.deepStrictEqual(yield* listed(10), [second])
      }),
    )

    it(
      "they are found among more events than a store reads at once, and in order",
      Effect.gen(function* () {
        const events = yield* Events
        // Together more than two megabytes: a scan of DynamoDB's stops after each.
        const payload = "x".repeat(40_000)
        const claims = Array.from({ length: 60 }, (_, index) => ({
          ...rawClaimOf(update()),
          ...at(index % 24),
          payload,
        }))
        const parked = claims.filter((_, index) => index % 6 === 5)
        yield* Effect.forEach(claims, (claim) => events.claim(claim), { concurrency: 10 })
        yield* Effect.forEach(parked, park, { concurrency: 10 })
        const inOrder = parked
          .map(({ eventId, timestamp }) => `${timestamp} ${eventId}`)
          .toSorted()
          .map((text) => text.slice(25))
        assert.deepStrictEqual(yield* listed(100), inOrder)
        assert.deepStrictEqual(yield* listed(4), inOrder.slice(0, 4))
      }),
    )
  })
