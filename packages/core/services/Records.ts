import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { EventId, UserId } from "../ids.ts"
import type { Fields } from "../stored/shape.ts"
import type { Unavailable } from "./reasons.ts"

/** What is stored, field by field and whether it can be understood or not: for whoever looks into a person or an update. No function carries it. */
export class Records extends Context.Service<
  Records,
  {
    user(userId: UserId): Effect.Effect<Fields | undefined, Unavailable>
    event(eventId: EventId): Effect.Effect<Fields | undefined, Unavailable>
    /** The runs of this person, oldest first. One of the last moments may be missing. */
    sessionsOf(userId: UserId): Effect.Effect<ReadonlyArray<Fields>, Unavailable>
    /** The events that name this person, oldest first. One of the last moments may be missing. */
    eventsOf(userId: UserId): Effect.Effect<ReadonlyArray<Fields>, Unavailable>
  }
>()("@concierge/core/services/Records") {}
