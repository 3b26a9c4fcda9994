import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { botCheckMinutes } from "../delivery/deployed.ts"
import { BotState, type Webhook } from "../services/BotState.ts"
import { Metrics } from "../services/Metrics.ts"

/**
 * A little less than from one check to the next, which is early or late by seconds. So one check sees an error, and two in a
 * row, at which the alarm rings, need two errors: in a rush updates wait all the time, and one refusal alone is none.
 */
const recent = Duration.subtract(Duration.minutes(botCheckMinutes), Duration.seconds(30))

/** Why people's updates may not arrive; undefined: they do. */
export type Trouble = "no answer" | "no webhook" | "another webhook" | "deliveries fail"

export const troubleOf = (
  { lastErrorAt = 0, pending, url }: Webhook,
  ours: string,
  now: number,
): Trouble | undefined => {
  if (url === "") return "no webhook"
  if (url !== ours) return "another webhook"
  const isRecent = now - lastErrorAt * 1000 < Duration.toMillis(recent)
  // An error after which everything was delivered is none.
  return isRecent && pending > 0 ? "deliveries fail" : undefined
}

/**
 * Notices a bot that is silent while everything of ours is well: every other alarm takes no traffic for good news. `ours`
 * is the address that Telegram should deliver to.
 */
export const checkBot = Effect.fn("checkBot")(function* (ours: string) {
  const metrics = yield* Metrics
  const state = yield* BotState
  const webhook = yield* Effect.catchTag(state.webhook, "BotStateError", (error) =>
    Effect.as(Effect.logWarning("Telegram does not say how the bot is", { error }), undefined),
  )
  const now = yield* Clock.currentTimeMillis
  const trouble = webhook === undefined ? "no answer" : troubleOf(webhook, ours, now)
  yield* metrics.record("BotSilent", trouble === undefined ? 0 : 1)
  if (webhook !== undefined) yield* metrics.record("BotPending", webhook.pending)
  if (trouble === undefined) return
  const { lastError, pending } = webhook ?? {}
  yield* Effect.logError("the bot is silent", { trouble, pending, lastError })
})
