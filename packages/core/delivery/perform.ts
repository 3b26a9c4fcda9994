import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { parse } from "../attribution/StartPayload.ts"
import { catalogue } from "../brand/Catalogue.ts"
import type { Locale } from "../brand/Locale.ts"
import { maxAgeOf, WorkerConfig } from "../config.ts"
import { forgetRecord, forgetTraces, isSettling } from "../forgetting/forget.ts"
import { after, resultOf, withProfile } from "../onboarding/commit.ts"
import { localeFor } from "../onboarding/compose.ts"
import { decide, isBlocked, type Plan } from "../onboarding/decide.ts"
import type { Attribution, User } from "../onboarding/User.ts"
import { Events } from "../services/Events.ts"
import { Users } from "../services/Users.ts"
import { type Iso, toIso } from "../Time.ts"
import { ignored, type Outcome } from "../updates/Outcome.ts"
import { answerTap } from "./answerTap.ts"
import { type Delivery, deliver } from "./deliver.ts"
import { uuid } from "./Invocation.ts"
import { defer } from "./postpone.ts"
import { sendingOf } from "./sendingOf.ts"
import { settle } from "./settle.ts"
import { outageWait, recentLimit } from "./times.ts"
import type { ActionWork } from "./Work.ts"

/** Under the person's lock, for an update that was never committed: decide, send, commit, settle. */
export const perform = Effect.fnUntraced(function* (work: ActionWork, user: User, now: Iso) {
  const { action, invocation, receivedAt } = work
  const { retentionDays } = yield* WorkerConfig
  const plan = decide(user, action, { receivedAt, now, maxAge: maxAgeOf(retentionDays) })
  if (plan._tag === "Forget") {
    if (yield* isSettling(user, now)) return yield* forgetLater(work)
    yield* forgetTraces(work, user, now)
  }

  const shown = withProfile(user, action)
  const notice = noticeOf(work, localeFor(shown))
  const to = { user: shown, chatId: action.person.id, invocation, now, notice }
  const sending = isBlocked(user, action) ? undefined : sendingOf(plan, to)
  const [delivery] = yield* Effect.all(
    [
      sending === undefined ? Effect.succeed(undefined) : deliver(user, sending, invocation),
      answerTap(action, plan, localeFor(shown)),
    ],
    { concurrency: 2 },
  )
  if (delivery !== undefined && isPutOff(delivery)) return yield* putOff(work, delivery)
  if (plan._tag === "Forget") {
    return (yield* forgetRecord(work, user)) ? undefined : yield* defer(work.update, lostLeaseWait)
  }
  yield* conclude(work, user, plan, delivery)
})

/** The other attempt that has the lock now commits within this time, or dies. */
const lostLeaseWait = 1_000

/** What another worker has committed is written down by then, as a rule. */
const settlingWait = 5_000

const forgetLater = Effect.fnUntraced(function* ({ token, update, userId }: ActionWork) {
  const users = yield* Users
  yield* users.release({ userId, token, clean: true })
  return yield* defer(update, settlingWait)
})

type PutOff = Extract<Delivery, { readonly _tag: "Limited" | "Late" | "Refused" | "Unknown" }>

const isPutOff = (delivery: Delivery): delivery is PutOff =>
  delivery._tag !== "Sent" && delivery._tag !== "Blocked" && delivery._tag !== "Undeliverable"

const putOff = Effect.fnUntraced(function* ({ token, update, userId }: ActionWork, delivery: PutOff) {
  const users = yield* Users
  const chance = yield* Random.next
  const clean = delivery._tag !== "Unknown"
  if (delivery._tag === "Limited") {
    const notBefore = toIso((yield* Clock.currentTimeMillis) + delivery.wait)
    yield* users.release({ userId, token, clean, notBefore })
    return yield* defer(update, delivery.wait + 1_000 * chance)
  }
  yield* users.release({ userId, token, clean })
  return yield* defer(update, delivery._tag === "Late" ? 0 : outageWait(update.attributes.attempt, chance))
})

const conclude = Effect.fnUntraced(function* (
  work: ActionWork,
  user: User,
  plan: Plan,
  delivery: Exclude<Delivery, PutOff> | undefined,
) {
  const users = yield* Users
  const { action, eventId, token, update } = work
  const attribution = attributionOf(work)
  const done = {
    event: eventId,
    updateId: String(update.attributes.updateId),
    action,
    plan,
    outcome: outcomeOf(plan, delivery),
    now: toIso(yield* Clock.currentTimeMillis),
    newSessionId: yield* uuid,
    prune: yield* prunable(user),
    ...(attribution !== undefined && { attribution }),
    ...(delivery?._tag === "Blocked" && { blocked: true }),
    ...(delivery?._tag === "Sent" && {
      begunAt: delivery.begunAt,
      sentAt: delivery.sentAt,
      degraded: delivery.degraded,
    }),
  }
  const committed = yield* users.commit({ before: user, after: after(user, done), event: eventId, token })
  // The lease was lost, or an answer of our own commit: a copy will see which.
  if (!committed) return yield* defer(update, lostLeaseWait)
  yield* settle(work, resultOf(user, done), true)
})

const outcomeOf = (plan: Plan, delivery: Exclude<Delivery, PutOff> | undefined): Outcome => {
  if (delivery?._tag === "Blocked") return ignored("blocked")
  if (delivery?._tag === "Undeliverable") return ignored("undeliverable")
  return plan._tag === "Note" ? plan.outcome : "applied"
}

const attributionOf = ({ action }: ActionWork): Attribution | undefined => {
  if (action.trigger._tag !== "Start") return undefined
  const payload = parse(action.trigger.payload)
  return payload._tag === "Understood" ? payload.attribution : undefined
}

/** A link that the operator made is looked up by the operator's tool; one that is not known is said to be gone. */
const noticeOf = ({ action }: ActionWork, locale: Locale): string =>
  action.trigger._tag === "Start" && parse(action.trigger.payload)._tag === "StoredLink"
    ? `${catalogue(locale).linkGone}\n\n`
    : ""

/** Ids that the person need not carry any more, since their events are finished. A read, and a rare one. */
const prunable = Effect.fnUntraced(function* (user: User) {
  const ids = Object.keys(user.recent)
  if (ids.length <= recentLimit) return []
  return [...(yield* (yield* Events).finished(ids)).keys()]
})
