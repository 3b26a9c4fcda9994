import * as Effect from "effect/Effect"
import { type Counted, type Fact, isCounted } from "../attribution/Counted.ts"
import { nowhere, type Origin, originId, originOf } from "../attribution/Origin.ts"
import { Brand } from "../brand/Brand.ts"
import { maxAgeOf, WorkerConfig } from "../config.ts"
import type { EventId } from "../ids.ts"
import { reachedMetric } from "../onboarding/Flow.ts"
import { flowVariant } from "../onboarding/flowVariant.ts"
import type { Attribution, Committed } from "../onboarding/User.ts"
import { Funnel } from "../services/Funnel.ts"
import { Metrics } from "../services/Metrics.ts"
import { Sessions } from "../services/Sessions.ts"
import { expiresAt, type Iso, plus } from "../Time.ts"
import { isSmoke } from "../updates/smoke.ts"
import { finish } from "./finish.ts"
import type { ActionWork } from "./Work.ts"

/** What follows from a commit. Each part may run again without harm, and the event gets its outcome last. */
export const settle = Effect.fnUntraced(function* (
  work: ActionWork,
  person: Attribution,
  committed: Committed,
  countable: boolean,
) {
  const { eventId } = work
  const count = countable ? countReached(person, committed, eventId) : Effect.succeed(undefined)
  const [counted] = yield* Effect.all([count, saveSession(work, committed)], { concurrency: 2 })
  const { ambiguous, degraded, outcome } = committed
  yield* finish(eventId, {
    outcome,
    ...(ambiguous !== undefined && { ambiguous }),
    ...(degraded !== undefined && { degraded }),
    ...(counted !== undefined && { counted }),
  })
  const { steps } = (yield* Brand).flow
  const reached = committed.reached === undefined ? undefined : steps.find(({ state }) => state === committed.reached)
  if (reached !== undefined && !isSmoke(eventId)) yield* (yield* Metrics).count(reachedMetric(reached))
})

/** The event of an update this old may have expired, so that nothing proves that it has not been counted. */
export const isCountable = Effect.fnUntraced(function* ({ receivedAt }: ActionWork, now: Iso) {
  const { retention } = yield* WorkerConfig
  return now <= plus(receivedAt, maxAgeOf(retention))
})

/** Counts what an update came to, and gives what its event is to keep of that. */
export const countReached = Effect.fnUntraced(function* (person: Attribution, committed: Committed, event: EventId) {
  if (!isCounted(committed) || isSmoke(event)) return undefined
  const { at, came, gap, language, last, lastCampaign, reached, run, shard = 0, started } = committed
  const fact: Fact = {
    run,
    ...(reached !== undefined && { reached }),
    ...(language !== undefined && { language }),
    ...(started !== undefined && { started }),
    ...(gap !== undefined && { gap }),
    ...(came !== undefined && { came }),
    ...(last !== undefined && { last }),
    ...(lastCampaign !== undefined && { lastCampaign }),
  }
  const origin = countedOrigin(person, committed)
  yield* (yield* Funnel).count({ origin, fact, event, at, shard })
  const { linkId } = origin
  return {
    ...fact,
    ...(linkId !== undefined && { linkId }),
    origin: originId(origin),
    countedAt: at,
    flow: flowVariant((yield* Brand).flow),
  } satisfies Counted
})

/** As it was when it was committed: what sent a person may have become known since. */
const countedOrigin = (person: Attribution, { origin: id }: Committed): Origin => {
  if (id === undefined || id === nowhere) return {}
  const origin = originOf(person)
  return originId(origin) === id ? origin : { other: true }
}

/** A run is written when it starts, with its first step, and when it ends: finished, or left by a /restart. */
const saveSession = Effect.fnUntraced(function* ({ action, userId }: ActionWork, committed: Committed) {
  const { at, finished, left, opened, reached, run, sessionId } = committed
  const state = opened === true || finished === true ? reached : left
  if (state === undefined || sessionId === undefined) return
  const sessions = yield* Sessions
  const { retention } = yield* WorkerConfig
  const ended = finished === true ? { endedBy: "finish" } : left === undefined ? {} : { endedBy: "restart" }
  yield* sessions.save({
    sessionId,
    userId,
    chatId: action.person.id,
    state,
    data: { run, ...ended },
    createdAt: at,
    updatedAt: at,
    expiresAt: expiresAt(at, retention),
  })
})
