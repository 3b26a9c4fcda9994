import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { SessionId, UserId } from "../ids.ts"
import type { Session } from "../onboarding/Session.ts"
import { Corrupt, Newer, Unavailable } from "./reasons.ts"

export class SessionsError extends Schema.TaggedError<SessionsError>()("SessionsError", {
  reason: Schema.Union([Unavailable, Corrupt, Newer]),
}) {}

export class Sessions extends Context.Service<
  Sessions,
  {
    /** Writes the run as it stands. An older state never replaces a newer one; `createdAt` of the first write stays. */
    save(session: Session): Effect.Effect<void, SessionsError>
    ofUser(userId: UserId): Effect.Effect<ReadonlyArray<Session>, SessionsError>
    /** The runs that are `known` to be theirs are found however young they are. */
    removeOfUser(userId: UserId, known: ReadonlyArray<SessionId>): Effect.Effect<void, SessionsError>
  }
>()("@concierge/core/services/Sessions") {}
