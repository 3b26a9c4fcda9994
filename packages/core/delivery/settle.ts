import * as Effect from "effect/Effect"
import { Brand } from "../brand/Brand.ts"
import { maxAgeOf, WorkerConfig } from "../config.ts"
import { reachedMetric } from "../onboarding/Flow.ts"
import type { Committed } from "../onboarding/User.ts"
import { Funnel } from "../services/Funnel.ts"
import { Metrics } from "../services/Metrics.ts"
import { Sessions } from "../services/Sessions.ts"
import { expiresAt, type Iso, plus } from "../Time.ts"
import { finish } from "./finish.ts"
import type { ActionWork } from "./Work.ts"

/** What follows from a commit. Each part may run again without harm, and the event gets its outcome last. */
export const settle = Effect.fnUntraced(function* (work: ActionWork, committed: Committed, countable: boolean) {
  const count = countable ? countReached(work, committed) : Effect.void
  yield* Effect.all([saveSession(work, committed), count], { concurrency: 2, discard: true })
  yield* finish(work.eventId, committed)
  const { steps } = (yield* Brand).flow
  const reached = committed.reached === undefined ? undefined : steps.find(({ state }) => state === committed.reached)
  if (reached !== undefined) yield* (yield* Metrics).count(reachedMetric(reached))
})

/** The event of an update this old may have expired, so that nothing proves that it has not been counted. */
export const isCountable = Effect.fnUntraced(function* ({ receivedAt }: ActionWork, now: Iso) {
  const { retention } = yield* WorkerConfig
  return now <= plus(receivedAt, maxAgeOf(retention))
})

/** A run is written when it starts, with its first step, and when it ends: finished, or left by a /restart. */
const saveSession = Effect.fnUntraced(function* ({ action, userId }: ActionWork, committed: Committed) {
  const { at, finished, left, opened, reached, run, sessionId } = committed
  const state = opened === true || finished === true ? reached : left
  if (state === undefined) return
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

const countReached = Effect.fnUntraced(function* ({ action, eventId }: ActionWork, { at, reached }: Committed) {
  if (reached === undefined) return
  const funnel = yield* Funnel
  yield* funnel.count({ telegramId: action.person.id, state: reached, event: eventId, at })
})
