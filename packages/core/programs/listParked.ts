import * as Effect from "effect/Effect"
import { Parked } from "../services/Parked.ts"

export interface ParkedUpdate {
  readonly eventId: string
  readonly kind: string
  readonly parkedAt: string
  /** The update's JSON text, as Telegram sent it. */
  readonly json: string
}

/** The parked updates, each whole. */
export const listParked = Effect.fn("listParked")(function* (max: number) {
  const parked = yield* Parked
  const events = yield* parked.list(max)
  return events.flatMap(
    ({ eventId, eventType, payload, timestamp }): ReadonlyArray<ParkedUpdate> =>
      typeof payload === "string" ? [{ eventId, kind: eventType, parkedAt: timestamp, json: payload }] : [],
  )
})
