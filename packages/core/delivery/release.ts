import * as Effect from "effect/Effect"
import type { User } from "../onboarding/User.ts"
import { Events } from "../services/Events.ts"
import { Users } from "../services/Users.ts"
import type { ActionWork } from "./Work.ts"

/** Gives the lock up, of an update that has ended, and with it a record that is not to be kept. */
export const release = Effect.fnUntraced(function* (work: ActionWork, user: User) {
  yield* releaseAs(work, yield* isKept(work, user))
})

export const releaseAs = Effect.fnUntraced(function* ({ token, userId }: ActionWork, isKept: boolean) {
  const users = yield* Users
  yield* isKept ? users.release({ userId, token, clean: true }) : users.remove(userId, token)
})

/**
 * A record that holds nothing but begins that led nowhere is not, or the repeat of an old update would bring back for good
 * whoever was forgotten.
 */
export const isKept = Effect.fnUntraced(function* (work: ActionWork, user: User) {
  return !isBlank(user) || (user.unresolved > 1 && (yield* isAwaited(work)))
})

/** Nothing has come of what they did, if they did anything; a message to them may be under way. */
export const isBlank = (user: User): boolean =>
  user.version === 0 && user.not_before === undefined && Object.keys(user.recent).length === 0

/**
 * Whether an update of theirs is still to be ended. Its message may have been sent: that is counted here, and nowhere
 * else. One that was never claimed has sent nothing.
 */
const isAwaited = Effect.fnUntraced(function* ({ eventId, userId }: ActionWork) {
  const events = yield* Events
  const others = (yield* events.ofUser(userId)).filter((other) => other !== eventId)
  return others.length > 0 && (yield* events.finished(others)).size < others.length
})
