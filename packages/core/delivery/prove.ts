import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Result from "effect/Result"
import { touchOf } from "../attribution/Touch.ts"
import { Brand } from "../brand/Brand.ts"
import { maxAgeOf, WorkerConfig } from "../config.ts"
import { type EventId, eventId, sessionId } from "../ids.ts"
import { incomingOf } from "../onboarding/Action.ts"
import { commit } from "../onboarding/commit.ts"
import { decide } from "../onboarding/decide.ts"
import { localeFor } from "../onboarding/messages.ts"
import { unlocked, withProfile } from "../onboarding/profile.ts"
import type { Proven } from "../onboarding/proven.ts"
import { recentIds, type User } from "../onboarding/User.ts"
import { Events } from "../services/Events.ts"
import { Users } from "../services/Users.ts"
import { currentIso, type Iso, plus } from "../Time.ts"
import type { Event } from "../updates/Event.ts"
import { decodeUpdate } from "../updates/Update.ts"
import { uuid } from "../uuid.ts"
import { claim } from "./claim.ts"
import { countedAs } from "./countedAs.ts"
import { isCountable, settle } from "./settle.ts"
import { lease } from "./times.ts"
import type { ActionWork } from "./Work.ts"
import { WorkersSince } from "./WorkersSince.ts"

/**
 * Ends the update whose message a tap has proven to have arrived, as if Telegram had answered. False: it cannot
 * be told any more what that update was to do, and nothing was done.
 */
export const prove = Effect.fn("prove")(function* (work: ActionWork, user: User, { message, step }: Proven) {
  const brand = yield* Brand
  const { retention } = yield* WorkerConfig
  const event = Option.getOrUndefined(yield* (yield* Events).get(message.event))
  const action = event === undefined ? undefined : yield* actionOf(event)
  if (event === undefined || action === undefined) return false
  const { profile_at: _, ...then } = user
  const when = { receivedAt: event.timestamp, now: message.since, maxAge: maxAgeOf(retention) }
  const plan = decide(brand.flow, then, action, when)
  if (plan._tag !== "Advance" || plan.step !== step) return false

  const now = yield* currentIso
  const ended = event.outcome !== undefined || user.recent[message.event] !== undefined
  // What they came by was kept and counted when that ended.
  const touch = ended ? undefined : yield* touchOf(action)
  const shown = withProfile(unlocked(user), action)
  const proven = { ...work, action, eventId: ended ? shownAfter(event) : event.eventId, receivedAt: event.timestamp }
  if (ended)
    yield* claim(proven, { userId: work.userId, eventType: event.eventType, payload: event.payload ?? {} }, now)
  const after = commit(user, shown, {
    event: proven.eventId,
    updateId: updateIdOf(event),
    action,
    plan,
    sent: { _tag: "Sent", degraded: false, begunAt: message.since, sentAt: message.since },
    isProven: true,
    now,
    touch,
    countedAs: yield* countedAs(user, plan, touch, now),
    language: localeFor(brand, shown),
    newSessionId: sessionId(yield* uuid),
    prune: [],
  })
  const { token } = work
  const isOurs = yield* (yield* Users).commit({ before: user, after: after.user, event: proven.eventId, token })
  if (!isOurs) return true
  yield* Effect.logInfo("a tap shows that a message without an answer has arrived", { step: step.id })
  yield* settle(proven, after.user, after.committed, yield* isCountable(proven, now))
  return true
})

/** What somebody did by a message or a tap, from the fields that were kept of it. */
const actionOf = Effect.fnUntraced(function* (event: Event) {
  const kind = Predicate.hasProperty(event.payload, "message_id") ? "message" : "callback_query"
  const update = decodeUpdate({ update_id: Number(updateIdOf(event)), [kind]: event.payload })
  if (Result.isFailure(update)) return undefined
  // It was one of ours when it was claimed.
  const reader = { brand: yield* Brand, receivedAt: event.timestamp, isOurs: () => true }
  const incoming = incomingOf(update.success, reader)
  return incoming._tag === "Action" ? incoming : undefined
})

/** Of an update that was given up before its message was shown to have arrived: it has its outcome, and this another. */
const shownAfter = (event: Event): EventId => eventId(`${event.eventId}${shown}`)

const shown = ":shown"

/** No update brings such an event again: what a worker left of it half done, the person's next one does. */
export const settleShown = Effect.fnUntraced(function* (work: ActionWork, user: User, now: Iso) {
  const { recent } = user
  const ids = recentIds({ recent }).filter((id) => id.endsWith(shown))
  if (ids.length === 0) return true
  const finished = yield* (yield* Events).finished(ids)
  for (const id of ids) {
    const committed = recent[id]
    if (committed === undefined || finished.has(id)) continue
    // One at a time counts it: whoever committed it may still be alive.
    if (now <= plus(committed.at, lease) && committed.at >= (yield* WorkersSince)) return false
    yield* settle({ ...work, eventId: id }, user, committed, true)
  }
  return true
})

const updateIdOf = ({ eventId }: Event): string => eventId.split(":")[1] ?? ""
