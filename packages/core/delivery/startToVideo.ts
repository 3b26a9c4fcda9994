import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { type Facts, note } from "../observe/Facts.ts"
import type { Plan } from "../onboarding/decide.ts"
import { Metrics } from "../services/Metrics.ts"
import type { SendResult } from "../services/SendResult.ts"
import { millisBetween } from "../Time.ts"
import { isSmoke } from "../updates/smoke.ts"
import type { ActionWork } from "./Work.ts"

/** As what a /start counts whose video never went: over every limit that an objective may have. */
const never = Duration.toMillis(Duration.days(1))

const isDue = ({ trigger }: ActionWork["action"], plan: Plan): boolean =>
  trigger._tag === "Start" && (plan._tag === "Advance" || plan._tag === "Repeat") && plan.step.kind === "video"

/**
 * Measures how long somebody who tapped Start waited for their video, from Telegram's date (whole seconds, so up to a second too
 * long) until Telegram took it; without what its own limit imposed. Whoever has blocked the bot is not counted.
 */
export const startToVideo = Effect.fnUntraced(function* (work: ActionWork, plan: Plan, sent: SendResult | undefined) {
  if (!isDue(work.action, plan) || sent === undefined || sent._tag === "Blocked" || isSmoke(work.eventId)) return
  const metrics = yield* Metrics
  if (sent._tag !== "Sent") return yield* metrics.record("StartToVideo", never)
  const startMs = Math.max(0, millisBetween(work.action.at, sent.sentAt) - work.turns.limitedMs)
  yield* note({ startMs })
  yield* metrics.record("StartToVideo", startMs)
})

/** A /start that becomes a dead letter. */
export const neverStarted = ({ action }: Facts): Effect.Effect<void, never, Metrics> =>
  action === "start" ? Metrics.use((metrics) => metrics.record("StartToVideo", never)) : Effect.void
