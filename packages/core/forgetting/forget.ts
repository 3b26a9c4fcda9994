import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { Brand } from "../brand/Brand.ts"
import { answerTap } from "../delivery/answerTap.ts"
import { finish } from "../delivery/finish.ts"
import { postpone, putOff } from "../delivery/postpone.ts"
import { send } from "../delivery/send.ts"
import { countReached } from "../delivery/settle.ts"
import { lease, lostLeaseWait } from "../delivery/times.ts"
import type { ActionWork } from "../delivery/Work.ts"
import type { UserId } from "../ids.ts"
import { isBlocked } from "../onboarding/decide.ts"
import { goodbye } from "../onboarding/messages.ts"
import type { Unlocked } from "../onboarding/profile.ts"
import { recentIds, type User } from "../onboarding/User.ts"
import { timesUnseen } from "../onboarding/unseen.ts"
import { Events, type Finish } from "../services/Events.ts"
import { Funnel } from "../services/Funnel.ts"
import { isNotSent } from "../services/SendResult.ts"
import { Sessions } from "../services/Sessions.ts"
import { Tombstones } from "../services/Tombstones.ts"
import { Users } from "../services/Users.ts"
import { type Iso, plus } from "../Time.ts"

/** What another worker has committed is written down by then, as a rule. */
const settlingWait = Duration.seconds(5)

/**
 * Deletes a person: first everything about them, then they are told, then the record itself goes, and with it the lock.
 * Whatever stops it half-way, the next attempt does it again to the end.
 */
export const forget = Effect.fn("forget")(function* (work: ActionWork, user: User, shown: Unlocked, now: Iso) {
  const { action, token, turns, update, userId } = work
  const users = yield* Users
  if (!(yield* settleRest(user, now))) {
    yield* users.release({ userId, token, clean: true })
    return yield* postpone(update, settlingWait, "settling")
  }
  yield* forgetTraces(work, user, now)
  const sending = { user, of: work.eventId, askedAt: work.receivedAt }
  const { person, topic } = action
  const to = { chatId: person.id, topic, not_before: user.not_before, unseen: timesUnseen(sending) }
  const message = goodbye(yield* Brand, shown)
  const [sent] = yield* Effect.all(
    [isBlocked(user, action) ? Effect.succeed(undefined) : send(message, to, turns), answerTap(work)],
    { concurrency: 2 },
  )
  if (sent !== undefined && isNotSent(sent)) return yield* putOff(work, sending, sent)
  // The lock was lost: another attempt has to finish it.
  if (!(yield* users.remove(userId, token))) return yield* postpone(update, lostLeaseWait, "lost lease")
  yield* finish(work.eventId, { outcome: "applied", ...doubtOf(user.unresolved - 1) }, true)
})

const forgetTraces = Effect.fnUntraced(function* ({ eventId, receivedAt, userId }: ActionWork, user: User, now: Iso) {
  const tombstones = yield* Tombstones
  const sessions = yield* Sessions
  const events = yield* Events
  const at = now > receivedAt ? now : receivedAt
  const mark = { at, event: eventId, createdAt: user.createdAt, ...doubtOf(user.unresolved - 1) }
  yield* tombstones.put(userId, mark)
  const committed = Object.values(user.recent)
  const runs = [...new Set([user.sessionId, ...committed.map(({ sessionId }) => sessionId)])]
  const strip = events.strip(userId, recentIds(user))
  yield* Effect.all([sessions.removeOfUser(userId, runs), strip], { concurrency: 2, discard: true })
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
      const counted = yield* countReached(user, committed, event, user.telegramId)
      const { ambiguous, outcome } = committed
      yield* finish(event, { outcome, ...doubtOf(ambiguous), ...(counted !== undefined && { counted }) }, true)
      yield* (yield* Funnel).ended(event)
    }),
    { discard: true },
  )
  return true
})

/** Whether somebody, of whom no record need be there, was forgotten after any of these. */
export const isForgottenSince = Effect.fnUntraced(function* (userId: UserId, times: ReadonlyArray<Iso>) {
  const tombstone = yield* (yield* Tombstones).get(userId)
  return Option.isSome(tombstone) && times.some((at) => tombstone.value.at >= at)
})

/** All begins but the last that were never resolved: each may have said something. */
export const doubtOf = (ambiguous = 0): Pick<Finish, "ambiguous"> => (ambiguous > 0 ? { ambiguous } : {})
