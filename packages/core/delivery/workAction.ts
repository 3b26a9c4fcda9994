import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { maxAgeOf, WorkerConfig } from "../config.ts"
import { forgottenOutcome, ignoreForgotten } from "../forgetting/forget.ts"
import { nameOf } from "../onboarding/Action.ts"
import { Events } from "../services/Events.ts"
import { Metrics } from "../services/Metrics.ts"
import { Users } from "../services/Users.ts"
import { fromIso, type Iso } from "../Time.ts"
import type { Event } from "../updates/Event.ts"
import { answerQuery } from "./answerTap.ts"
import { begin } from "./begin.ts"
import { leave } from "./leave.ts"
import { perform } from "./perform.ts"
import { defer } from "./postpone.ts"
import { settle } from "./settle.ts"
import { busyDelay } from "./times.ts"
import type { ActionWork } from "./Work.ts"

/** Works what a person did, exactly once (protocol.md): begin, claim, then send, commit and settle. */
export const workAction = Effect.fnUntraced(function* (work: ActionWork, payload: NonNullable<Event["payload"]>) {
  const users = yield* Users
  const metrics = yield* Metrics
  const begun = yield* begin(work)
  if (begun === undefined) return yield* defer(work.update, busyDelay * (1 + (yield* Random.next)))
  const { eventId, receivedAt, token, userId } = work
  const { now, user } = begun

  const [event, ended] = yield* Effect.all([claim(work, payload, now), forgottenOutcome(work, user, receivedAt)], {
    concurrency: 2,
  })
  if (event.outcome !== undefined && event.outcome !== "parked") {
    yield* leave(work, user)
    yield* Effect.logDebug("ignored: duplicate", { eventId, outcome: event.outcome })
    return yield* metrics.count("UpdatesIgnored")
  }
  const known = user.recent[eventId]
  if (known !== undefined) {
    // An attempt died after its commit: only what follows from that is left to do. Under the lock, so that nobody is
    // forgotten meanwhile.
    yield* settle(work, known, yield* isCountable(work, now))
    return yield* users.release({ userId, token, clean: true })
  }
  // Telegram delivers again with a new time of receipt; what counts is when it was seen first.
  const isRepeat = event.timestamp < receivedAt
  const forgotten = ended ?? (isRepeat ? yield* forgottenOutcome(work, user, event.timestamp) : undefined)
  if (forgotten !== undefined) {
    if (work.action.trigger._tag === "Button") yield* answerQuery(work.action.trigger.queryId)
    return yield* ignoreForgotten(work, user, forgotten)
  }
  return yield* perform(work, user, now)
})

const claim = Effect.fnUntraced(function* (
  { action, eventId, userId }: ActionWork,
  payload: NonNullable<Event["payload"]>,
  now: Iso,
) {
  const events = yield* Events
  const { retentionDays } = yield* WorkerConfig
  return yield* events.claim({
    eventId,
    userId,
    eventType: nameOf(action.trigger),
    payload,
    timestamp: now,
    expiresAt: Math.floor(fromIso(now) / 1000) + retentionDays * 86_400,
  })
})

/** The event of an update this old may have expired, so that nothing proves that it has not been counted. */
const isCountable = Effect.fnUntraced(function* ({ receivedAt }: ActionWork, now: Iso) {
  const { retentionDays } = yield* WorkerConfig
  return fromIso(now) - fromIso(receivedAt) <= maxAgeOf(retentionDays)
})
