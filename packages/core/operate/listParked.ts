import * as Arr from "effect/Array"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { EventId } from "../ids.ts"
import { Parked, type ParkedEvent } from "../services/Parked.ts"
import type { Iso } from "../Time.ts"
import { envelopeOf } from "../updates/Envelope.ts"
import { problemOf } from "./problemOf.ts"

export interface ParkedUpdate {
  readonly eventId: EventId
  readonly kind: string
  readonly parkedAt: Iso
  /** The update's JSON text, as Telegram sent it. */
  readonly json: string
  readonly updateId: number
  /** Chat id as text, or the person's, or `none`. */
  readonly group: string
  /** What of it is not understood; undefined: this version understands it, so that it can be retried. */
  readonly problem: string | undefined
}

export interface ParkedUpdates {
  readonly updates: ReadonlyArray<ParkedUpdate>
  /** Ids of events whose record, or the update's text in it, cannot be read: for somebody to look at. */
  readonly unreadable: ReadonlyArray<string>
}

/** The parked updates, each whole; but those of people who have been forgotten since, of which there is nothing left. */
export const listParked = Effect.fn("listParked")(function* (max: number) {
  const parked = yield* Parked
  const left = (yield* parked.list(max)).filter(
    ({ event }) => Result.isFailure(event) || event.success.payload !== undefined,
  )
  const [updates, unreadable] = Arr.partition(left, readUpdate)
  return { updates, unreadable } satisfies ParkedUpdates
})

const readUpdate = ({ event, eventId }: ParkedEvent): Result.Result<ParkedUpdate, string> => {
  if (Result.isFailure(event) || typeof event.success.payload !== "string") return Result.fail(eventId)
  const { eventType, payload, timestamp } = event.success
  return Result.match(envelopeOf(new TextEncoder().encode(payload)), {
    onFailure: () => Result.fail(eventId),
    onSuccess: ({ group, updateId }) =>
      Result.succeed({
        eventId,
        kind: eventType,
        parkedAt: timestamp,
        json: payload,
        updateId,
        group,
        problem: problemOf(JSON.parse(payload)),
      }),
  })
}
