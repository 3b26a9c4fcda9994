import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { WorkerConfig } from "../config.ts"
import type { Result, State } from "../onboarding/User.ts"
import { Events } from "../services/Events.ts"
import type { Metric } from "../services/Metric.ts"
import { Metrics } from "../services/Metrics.ts"
import { Sessions } from "../services/Sessions.ts"
import { Settings } from "../services/Settings.ts"
import { fromIso, plus, toIso } from "../Time.ts"
import { countedAge, countedLimit, counterShards } from "./times.ts"
import type { ActionWork } from "./Work.ts"

/** What follows from a committed outcome. Each part may run again without harm, and the event gets its outcome last. */
export const settle = Effect.fnUntraced(function* (work: ActionWork, result: Result, countable: boolean) {
  const events = yield* Events
  const metrics = yield* Metrics
  yield* Effect.all([saveSession(work, result), countable ? countReached(work, result) : Effect.void], {
    concurrency: 2,
    discard: true,
  })
  const { ambiguous, degraded, outcome } = result
  yield* events.finish({
    eventId: work.eventId,
    outcome,
    at: toIso(yield* Clock.currentTimeMillis),
    ...(degraded !== undefined && { degraded }),
    ...(ambiguous !== undefined && { ambiguous }),
  })
  yield* metrics.count(outcome === "applied" ? "UpdatesApplied" : "UpdatesIgnored")
  if (ambiguous !== undefined) yield* metrics.count("AmbiguousSends", ambiguous)
  const reached = result.reached === undefined ? undefined : reachedMetric[result.reached]
  if (reached !== undefined) yield* metrics.count(reached)
})

const reachedMetric: Readonly<Record<State, Metric | undefined>> = {
  NEW: undefined,
  WELCOME_VIDEO_SENT: "VideosSent",
  TTS_SENT: "GreetingsSent",
  DONE: "Completed",
}

/** A run starts with its video and ends at DONE, or when a /restart leaves it before. */
const saveSession = Effect.fnUntraced(function* ({ action, userId }: ActionWork, result: Result) {
  const { at, left, reached, run, sessionId } = result
  const state = reached === "WELCOME_VIDEO_SENT" || reached === "DONE" ? reached : left
  if (state === undefined || left === "NEW" || left === "DONE") return
  const sessions = yield* Sessions
  const { retentionDays } = yield* WorkerConfig
  const ended = reached === "DONE" ? { endedBy: "finish" } : left === undefined ? {} : { endedBy: "restart" }
  yield* sessions.save({
    sessionId,
    userId,
    chatId: action.person.id,
    state,
    data: { run, ...ended },
    createdAt: at,
    updatedAt: at,
    expiresAt: Math.floor(fromIso(at) / 1000) + retentionDays * 86_400,
  })
})

/** The funnel by day. The counter knows the ids it has counted until none of them can come again uncounted. */
const countReached = Effect.fnUntraced(function* ({ action, eventId }: ActionWork, result: Result) {
  const { at, reached } = result
  if (reached === undefined) return
  const settings = yield* Settings
  const key = `funnel#${at.slice(0, 10)}#${action.person.id % counterShards}`
  const counted = yield* settings.count({ key, name: reached, event: eventId, at })
  if (counted.size <= countedLimit) return
  const old = plus(at, -countedAge)
  const candidates = [...counted].filter(([, countedAt]) => countedAt < old).map(([event]) => event)
  if (candidates.length === 0) return
  const finished = yield* (yield* Events).finished(candidates.slice(0, 100))
  const forgettable = [...finished].filter(([, finishedAt]) => finishedAt < old).map(([event]) => event)
  if (forgettable.length > 0) yield* settings.forgetCounted(key, forgettable)
})
