import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { Counted } from "../attribution/Counted.ts"
import type { EventId, UserId } from "../ids.ts"
import type { Iso } from "../Time.ts"
import type { Event } from "../updates/Event.ts"
import type { Outcome } from "../updates/Outcome.ts"
import { Corrupt, Newer, Unavailable } from "./reasons.ts"

export class EventsError extends Schema.TaggedError<EventsError>()("EventsError", {
  reason: Schema.Union([Unavailable, Corrupt, Newer]),
}) {}

export interface Claim {
  readonly eventId: EventId
  readonly userId?: UserId
  readonly eventType: string
  readonly payload: NonNullable<Event["payload"]>
  readonly timestamp: Iso
  /** Epoch seconds. */
  readonly expiresAt: number
}

export interface Finish {
  readonly eventId: EventId
  readonly outcome: Outcome
  readonly degraded?: boolean
  /** Earlier attempts whose message may have reached the person as well. */
  readonly ambiguous?: number
  readonly at: Iso
  /** What the funnel has counted of it. It stays when the person is forgotten. */
  readonly counted?: Counted
  /** Takes the person and what they wrote out of the event. */
  readonly anonymous?: boolean
}

/** The audit trail, and that by which an update which comes again is known. */
export class Events extends Context.Service<
  Events,
  {
    /**
     * First seen, or seen again: one more delivery. Fields of a first claim stay, except that a parked update which
     * decodes now takes the decoded ones; when it was first seen stays, or it would get younger with every redrive.
     * Returns the event as it stands.
     */
    claim(claim: Claim): Effect.Effect<Event, EventsError>
    /** Records the outcome. The first one stands; only `parked` is replaced. */
    finish(finish: Finish): Effect.Effect<void, EventsError>
    get(eventId: EventId): Effect.Effect<Option.Option<Event>, EventsError>
    /** Those of the given events that ended, with the time they did; a parked one has not. */
    finished(eventIds: ReadonlyArray<EventId>): Effect.Effect<ReadonlyMap<EventId, Iso>, EventsError>
    /** Ids of the events that name this person. One of the last moments may be missing. */
    ofUser(userId: UserId): Effect.Effect<ReadonlyArray<EventId>, EventsError>
    /**
     * Takes the person and what they wrote out of all their events; the outcomes stay. Those that are `known` to be theirs
     * are found however young they are.
     */
    strip(userId: UserId, known: ReadonlyArray<EventId>): Effect.Effect<void, EventsError>
  }
>()("@concierge/core/services/Events") {}
