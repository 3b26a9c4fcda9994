import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { EventId, SessionId, UserId } from "../ids.ts"
import type { Unlocked } from "../onboarding/profile.ts"
import type { Unseen, User } from "../onboarding/User.ts"
import type { Iso } from "../Time.ts"
import { Corrupt, Newer, Unavailable } from "./reasons.ts"

/** Another attempt holds this person's lock. */
export class Busy extends Schema.TaggedError<Busy>()("Busy", {}) {}

export class UsersError extends Schema.TaggedError<UsersError>()("UsersError", {
  reason: Schema.Union([Busy, Unavailable, Corrupt, Newer]),
}) {}

export interface Begin {
  readonly userId: UserId
  readonly telegramId: number
  readonly event: EventId
  /** Unique per record and invocation. */
  readonly token: string
  readonly now: Iso
  readonly until: Iso
  /** Taken when this begin creates the person. */
  readonly sessionId: SessionId
}

export interface Release {
  readonly userId: UserId
  readonly token: string
  /** Nothing was sent by this begin, nor can have been: it does not count as unresolved. */
  readonly clean: boolean
  readonly notBefore?: Iso
  /** Of messages that may have arrived: replaces what is known of the same ones. */
  readonly unseen?: Unseen
}

export interface Commit {
  readonly before: User
  readonly after: Unlocked
  readonly event: EventId
  readonly token: string
}

/** The people, and the lock that serialises whatever concerns one of them. */
export class Users extends Context.Service<
  Users,
  {
    /** Takes the lock and returns the whole person, created NEW if unknown. A free or expired lock, or our own, is taken. */
    begin(begin: Begin): Effect.Effect<User, UsersError>
    /** Gives the lock up without an outcome. False: it was no longer ours. */
    release(release: Release): Effect.Effect<boolean, UsersError>
    /** State, outcome and unlock in one write. False: the lock or the version was no longer ours, or it is committed already. */
    commit(commit: Commit): Effect.Effect<boolean, UsersError>
    /** Deletes the person, if the lock is still ours. */
    remove(userId: UserId, token: string): Effect.Effect<boolean, UsersError>
    get(userId: UserId): Effect.Effect<Option.Option<User>, UsersError>
  }
>()("@concierge/core/services/Users") {}
