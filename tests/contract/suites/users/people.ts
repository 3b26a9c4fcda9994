import { EventId, SessionId, type UserId, userIdOf } from "@concierge/core/ids.ts"
import type { Committed, User } from "@concierge/core/onboarding/User.ts"
import { type Begin, Users } from "@concierge/core/services/Users.ts"
import { Iso, plus } from "@concierge/core/Time.ts"
import type { Vitest } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type { Stored } from "../Stored.ts"

export type It = Vitest.MethodsNonLive<Users | Stored>

export const now = Iso.make("2026-03-04T05:06:07.000Z")
export const until = plus(now, 60_000)

let people = 0

/** Somebody whom no other test knows, with an id beyond 31 bits. */
export const somebody = (): UserId => userIdOf(2 ** 33 + people++)

export const beginOf = (userId: UserId, change: Partial<Begin> = {}): Begin => ({
  userId,
  telegramId: Number(userId.split("_")[1]),
  event: EventId.make("7:1"),
  token: "mine",
  now,
  until,
  sessionId: SessionId.make(`session of ${userId}`),
  ...change,
})

/** Takes the lock of a new person as `mine`. */
export const begun = Effect.fnUntraced(function* (change: Partial<Begin> = {}) {
  const users = yield* Users
  return yield* users.begin(beginOf(somebody(), change))
})

export const resultAt = (at: Iso): Committed => ({ outcome: "applied", at, run: 1, sessionId: SessionId.make("s") })

/** A commit's outcome: one version on, unlocked, with the event among the recent ones. */
export const stepped = (before: User, event: string, change: Partial<User> = {}): User => {
  const { lock: _, ...unlocked } = before
  return {
    ...unlocked,
    version: before.version + 1,
    recent: { ...before.recent, [event]: resultAt(now) },
    unresolved: 0,
    updatedAt: now,
    ...change,
  }
}

export const reasonOf = <A, R>(effect: Effect.Effect<A, { readonly reason: { readonly _tag: string } }, R>) =>
  Effect.map(Effect.flip(effect), ({ reason }) => reason._tag)
