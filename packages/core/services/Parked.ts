import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { Event } from "../domain/Event.ts"
import type { EventsError } from "./Events.ts"

/** Events of updates that we should have understood and did not: each keeps the update's JSON text whole. */
export class Parked extends Context.Service<
  Parked,
  {
    /** Up to `max` of them, those parked first before the others. */
    list(max: number): Effect.Effect<ReadonlyArray<Event>, EventsError>
  }
>()("@concierge/core/services/Parked") {}
