import * as Effect from "effect/Effect"
import { finish } from "../delivery/finish.ts"
import { countReached } from "../delivery/settle.ts"
import { lease } from "../delivery/times.ts"
import type { EventId, UserId } from "../ids.ts"
import { recentIds, type User } from "../onboarding/User.ts"
import { Events } from "../services/Events.ts"
import { Sessions } from "../services/Sessions.ts"
import { Tombstones } from "../services/Tombstones.ts"
import { Users } from "../services/Users.ts"
import { type Iso, plus } from "../Time.ts"
import { doubtOf } from "./doubtOf.ts"

/** Who deletes, whom, under which lock. */
export interface Erasure {
  readonly eventId: EventId
  readonly receivedAt: Iso
  readonly token: string
  readonly userId: UserId
}

/**
 * Deletes everything about a person but their record, with which the lock would go. False: what they did before is still
 * being settled, to be asked again. Whatever stops it half-way, the next attempt does it again to the end.
 */
export const eraseTraces = Effect.fn("eraseTraces")(function* (erasure: Erasure, user: User, now: Iso) {
  if (!(yield* settleRest(user, now))) return false
  const { eventId, receivedAt, userId } = erasure
  const tombstones = yield* Tombstones
  const sessions = yield* Sessions
  const events = yield* Events
  const at = now > receivedAt ? now : receivedAt
  const mark = { at, event: eventId, createdAt: user.createdAt, ...doubtOf(user.unresolved - 1) }
  yield* tombstones.put(userId, mark)
  const committed = Object.values(user.recent)
  const runs = [...new Set([user.sessionId, ...committed.flatMap(({ sessionId = [] }) => sessionId)])]
  const strip = events.strip(userId, recentIds(user))
  yield* Effect.all([sessions.removeOfUser(userId, runs), strip], { concurrency: 2, discard: true })
  return true
})

/** The record itself goes, and with it the lock. False: the lock was lost, another attempt has to finish it. */
export const eraseRecord = Effect.fn("eraseRecord")(function* ({ eventId, token, userId }: Erasure, user: User) {
  if (!(yield* (yield* Users).remove(userId, token))) return false
  yield* finish(eventId, { outcome: "applied", ...doubtOf(user.unresolved - 1) }, true)
  return true
})

/**
 * Ends what the person did before and whoever committed it did not live to end: the funnel counts it all the same. False:
 * a worker that holds no lock any more may still be at it, and a run that it saves after the deletion would stay. None
 * lives longer than a lease.
 */
const settleRest = Effect.fnUntraced(function* (user: User, now: Iso) {
  const events = yield* Events
  const finished = yield* events.finished(recentIds(user))
  const rest = recentIds(user).flatMap((event) => {
    const committed = user.recent[event]
    return committed === undefined || finished.has(event) ? [] : [{ event, committed }]
  })
  if (rest.some(({ committed }) => plus(committed.at, lease) > now)) return false
  yield* Effect.forEach(
    rest,
    Effect.fnUntraced(function* ({ committed, event }) {
      const counted = yield* countReached(user, committed, event)
      const { ambiguous, outcome } = committed
      yield* finish(event, { outcome, ...doubtOf(ambiguous), ...(counted !== undefined && { counted }) }, true)
    }),
    { discard: true },
  )
  return true
})
