import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { attributionOf } from "../attribution/StartPayload.ts"
import { Brand } from "../brand/Brand.ts"
import { maxAgeOf, WorkerConfig } from "../config.ts"
import { type EventId, eventId, sessionId } from "../ids.ts"
import { incomingOf } from "../onboarding/Action.ts"
import { commit, unlocked, withProfile } from "../onboarding/commit.ts"
import { decide } from "../onboarding/decide.ts"
import type { Proven } from "../onboarding/proven.ts"
import { recentIds, type User } from "../onboarding/User.ts"
import { Events } from "../services/Events.ts"
import { Users } from "../services/Users.ts"
import { currentIso } from "../Time.ts"
import type { Event } from "../updates/Event.ts"
import { Update } from "../updates/Update.ts"
import { uuid } from "../uuid.ts"
import { claim } from "./claim.ts"
import { isCountable, settle } from "./settle.ts"
import type { ActionWork } from "./Work.ts"

/**
 * Ends the update whose message a tap has proven to have arrived, as if Telegram had answered. False: it cannot
 * be told any more what that update was to do, and nothing was done.
 */
export const prove = Effect.fn("prove")(function* (work: ActionWork, user: User, { message, step }: Proven) {
  const { flow } = yield* Brand
  const { retention } = yield* WorkerConfig
  const event = Option.getOrUndefined(yield* (yield* Events).get(message.event))
  const action = event === undefined ? undefined : yield* actionOf(event)
  if (event === undefined || action === undefined) return false
  const { profile_at: _, ...then } = user
  const when = { receivedAt: event.timestamp, now: message.since, maxAge: maxAgeOf(retention) }
  const plan = decide(flow, then, action, when)
  if (plan._tag !== "Advance" || plan.step !== step) return false

  const now = yield* currentIso
  const ended = event.outcome !== undefined || user.recent[message.event] !== undefined
  const proven = { ...work, action, eventId: ended ? shownAfter(event) : event.eventId, receivedAt: event.timestamp }
  if (ended)
    yield* claim(proven, { userId: work.userId, eventType: event.eventType, payload: event.payload ?? {} }, now)
  const after = commit(user, withProfile(unlocked(user), action), {
    event: proven.eventId,
    updateId: updateIdOf(event),
    action,
    plan,
    sent: { _tag: "Sent", degraded: false, begunAt: message.since, sentAt: message.since },
    isProven: true,
    now,
    attribution: attributionOf(action),
    newSessionId: sessionId(yield* uuid),
    prune: [],
  })
  const { token } = work
  const isOurs = yield* (yield* Users).commit({ before: user, after: after.user, event: proven.eventId, token })
  if (!isOurs) return true
  yield* Effect.logInfo("a tap shows that a message without an answer has arrived", { step: step.id })
  yield* settle(proven, after.committed, yield* isCountable(proven, now))
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

const decodeUpdate = Schema.decodeUnknownResult(Update)

/** Of an update that was given up before its message was shown to have arrived: it has its outcome, and this another. */
const shownAfter = (event: Event): EventId => eventId(`${event.eventId}${shown}`)

const shown = ":shown"

/** No update brings such an event again: what a worker left of it half done, the person's next one does. */
export const settleShown = Effect.fnUntraced(function* (work: ActionWork, { recent }: User) {
  const ids = recentIds({ recent }).filter((id) => id.endsWith(shown))
  if (ids.length === 0) return
  const finished = yield* (yield* Events).finished(ids)
  for (const id of ids) {
    const committed = recent[id]
    if (committed !== undefined && !finished.has(id)) yield* settle({ ...work, eventId: id }, committed, true)
  }
})

const updateIdOf = ({ eventId }: Event): string => eventId.split(":")[1] ?? ""
