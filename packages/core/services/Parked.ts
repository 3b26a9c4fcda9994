import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Result from "effect/Result"
import type { EventId } from "../ids.ts"
import type { Event } from "../updates/Event.ts"
import type { EventsError } from "./Events.ts"
import type { Corrupt, Newer } from "./reasons.ts"

export interface ParkedEvent {
  readonly eventId: EventId
  /** One that does not decode hides none of the others. */
  readonly event: Result.Result<Event, Corrupt | Newer>
}

/** Events of updates that we should have understood and did not: each keeps the update's JSON text whole. */
export class Parked extends Context.Service<
  Parked,
  {
    /** Up to `max` of them, those parked first before the others. */
    list(max: number): Effect.Effect<ReadonlyArray<ParkedEvent>, EventsError>
  }
>()("@concierge/core/services/Parked") {}
