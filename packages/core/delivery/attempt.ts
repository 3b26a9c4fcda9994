import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { isOver, type Touch, touchOf } from "../attribution/Touch.ts"
import { Brand, wordsOf } from "../brand/Brand.ts"
import type { Locale } from "../brand/Locale.ts"
import { maxAgeOf, WorkerConfig } from "../config.ts"
import { forget } from "../forgetting/forget.ts"
import { finishForgotten, forgottenEnding, tombstoneFor } from "../forgetting/forgotten.ts"
import { sessionId } from "../ids.ts"
import { type Facts, note } from "../observe/Facts.ts"
import { nameOf } from "../onboarding/Action.ts"
import { commit } from "../onboarding/commit.ts"
import { decide, type Plan } from "../onboarding/decide.ts"
import { isBlocked } from "../onboarding/membership.ts"
import { localeFor, messageOf } from "../onboarding/messages.ts"
import { unlocked, withProfile } from "../onboarding/profile.ts"
import { provenBy } from "../onboarding/proven.ts"
import { type Attribution, type Committed, recentIds, type User } from "../onboarding/User.ts"
import { timesUnseen } from "../onboarding/unseen.ts"
import { Ended } from "../services/Ended.ts"
import { Events } from "../services/Events.ts"
import { Metrics } from "../services/Metrics.ts"
import { isNotSent } from "../services/SendResult.ts"
import { Users } from "../services/Users.ts"
import { currentIso, earlier, type Iso, millisBetween, plus } from "../Time.ts"
import type { Event } from "../updates/Event.ts"
import { ignored } from "../updates/Outcome.ts"
import { uuid } from "../uuid.ts"
import { answerTap } from "./answerTap.ts"
import { begin } from "./begin.ts"
import { claim } from "./claim.ts"
import { countedAs } from "./countedAs.ts"
import { postpone, putOff } from "./postpone.ts"
import { prove, settleShown } from "./prove.ts"
import { release } from "./release.ts"
import { send } from "./send.ts"
import { isCountable, settle } from "./settle.ts"
import { startToVideo } from "./startToVideo.ts"
import { busyDelay, lease, lostLeaseWait } from "./times.ts"
import type { ActionWork } from "./Work.ts"
import { WorkersSince } from "./WorkersSince.ts"

/** Spread, so that those who found somebody busy do not all come back at once. */
const busyWait = Effect.map(Random.next, (chance) => Duration.times(busyDelay, 1 + chance))

/**
 * Works what a person did, exactly once: begin takes their lock, claim writes the event down, decide and send, commit
 * writes the new state, the outcome and the unlock at once, settle what follows from it.
 */
export const attempt = Effect.fnUntraced(function* (work: ActionWork, payload: NonNullable<Event["payload"]>) {
  const { action, eventId, receivedAt, token, update, userId } = work
  const users = yield* Users

  const begun = yield* begin(work)
  if (begun === undefined) return yield* postpone(update, yield* busyWait, "busy")
  const { now, user } = begun

  const what = { userId, eventType: nameOf(action.trigger), payload }
  const [event, early, prune] = yield* Effect.all(
    [claim(work, what, now), tombstoneFor(work, user, receivedAt), prunable(user)],
    { concurrency: 3 },
  )
  if (event.outcome !== undefined && event.outcome !== "parked") return yield* ignoreDuplicate(work, user)
  if (!(yield* settleShown(work, user, now))) {
    yield* users.release({ userId, token, clean: true })
    return yield* postpone(update, yield* busyWait, "busy")
  }
  const committed = user.recent[eventId]
  if (committed !== undefined) return yield* settleAgain(work, user, committed, now)
  // Telegram delivers again with a new time of receipt; what counts is when it was seen first.
  const seenAt = earlier(event.timestamp, receivedAt)
  const tombstone = seenAt === receivedAt ? early : yield* tombstoneFor(work, user, seenAt)
  const forgotten = forgottenEnding(work, user, seenAt, tombstone)
  if (forgotten !== undefined) return yield* finishForgotten(work, user, forgotten)

  const brand = yield* Brand
  const { retention } = yield* WorkerConfig
  const proven = provenBy(brand.flow, user, action)
  if (proven !== undefined && (yield* prove(work, user, proven))) {
    // With that the lock is gone, or was before: the tap itself goes on from the state that belongs to it.
    return yield* postpone(update, Duration.zero, "proven")
  }

  const plan = decide(brand.flow, user, action, { receivedAt, now, maxAge: maxAgeOf(retention) })
  const shown = withProfile(unlocked(user), action)
  if (plan._tag === "Forget") return yield* forget(work, user, shown, now)

  const language = localeFor(brand, shown)
  const touch = yield* touchOf(action)
  const counted = yield* countedAs(user, plan, touch, now)
  const isLinkOver = touch !== undefined && isOver(touch)
  const message = isBlocked(user, action)
    ? undefined
    : messageOf({ brand, user: shown, locale: language }, plan, now, { isLinkOver })
  const sending = { user, of: plan._tag === "Advance" ? plan.step.id : eventId, askedAt: seenAt }
  yield* note(aboutPerson(shown, plan, touch, language))
  const { person, topic } = action
  const to = { chatId: person.id, topic, not_before: user.not_before, unseen: timesUnseen(sending) }
  const toast = plan._tag === "Toast" ? wordsOf(brand, language).toasts.finished : undefined
  const [sent] = yield* Effect.all(
    [message === undefined ? Effect.succeed(undefined) : send(message, to, work.turns), answerTap(work, toast)],
    { concurrency: 2 },
  )
  if (sent !== undefined && isNotSent(sent)) return yield* putOff(work, sending, sent)

  const after = commit(user, shown, {
    event: eventId,
    updateId: String(update.attributes.updateId),
    action,
    plan,
    sent,
    now: yield* currentIso,
    touch,
    countedAs: counted,
    language,
    newSessionId: sessionId(yield* uuid),
    prune,
  })
  // False: the lease was lost, or an answer of our own commit. A copy will see which.
  if (!(yield* users.commit({ before: user, after: after.user, event: eventId, token }))) {
    return yield* postpone(update, lostLeaseWait, "lost lease")
  }
  yield* startToVideo(work, plan, sent)
  yield* settle(work, after.user, after.committed, true)
})

/**
 * An attempt died after its commit: only what follows from that is left to do. Under the lock, so that nobody is forgotten
 * meanwhile; and not before that attempt is certainly dead, so that one at a time counts it.
 */
const settleAgain = Effect.fnUntraced(function* (work: ActionWork, user: User, committed: Committed, now: Iso) {
  const { token, update, userId } = work
  const users = yield* Users
  const dead = plus(committed.at, lease)
  if (now <= dead && committed.at >= (yield* WorkersSince)) {
    yield* users.release({ userId, token, clean: true })
    // As a rule it is alive, and has ended it when this comes again.
    const left = Duration.millis(millisBetween(now, dead) + 1)
    return yield* postpone(update, Duration.min(left, yield* busyWait), "settling")
  }
  yield* settle(work, user, committed, yield* isCountable(work, now))
  return yield* users.release({ userId, token, clean: true })
})

/** What sent somebody is logged where an operator has named it: whatever else a /start says, anybody may have typed. */
const aboutPerson = (person: Attribution, plan: Plan, touch: Touch | undefined, language: Locale): Facts => {
  const { linkId, utm } = person.linkId === undefined ? (touch?.attribution ?? {}) : person
  return {
    language,
    ...((plan._tag === "Advance" || plan._tag === "Repeat") && { step: plan.step.id }),
    ...(linkId !== undefined && { link: linkId }),
    ...(linkId !== undefined && utm?.campaign !== undefined && { campaign: utm.campaign }),
  }
}

const ignoreDuplicate = Effect.fnUntraced(function* (work: ActionWork, user: User) {
  yield* release(work, user)
  yield* note({ outcome: ignored("duplicate") })
  yield* (yield* Metrics).count("UpdatesIgnored")
})

/**
 * Ids that the person need not carry any more, since their events are finished. What this container ended it knows; where
 * another one did, a read costs a fifth of the write unit by which each id makes the person too large.
 */
const prunable = Effect.fnUntraced(function* (user: User) {
  const ended = yield* Ended
  const known = recentIds(user).filter(ended.has)
  const rest = recentIds(user).filter((id) => !ended.has(id))
  if (rest.length === 0) return known
  return [...known, ...(yield* (yield* Events).finished(rest)).keys()]
})
