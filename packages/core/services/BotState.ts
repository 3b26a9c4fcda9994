import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Unavailable } from "./reasons.ts"

export interface Webhook {
  /** Empty: there is none. */
  readonly url: string
  /** Updates that wait to be delivered. */
  readonly pending: number
  /** Seconds since 1970 of the last delivery that failed, and what Telegram calls it. */
  readonly lastErrorAt?: number
  readonly lastError?: string
}

export class BotStateError extends Schema.TaggedError<BotStateError>()("BotStateError", {
  reason: Schema.Union([Unavailable]),
}) {}

/** Asks Telegram about the bot itself (`getWebhookInfo`). */
export class BotState extends Context.Service<BotState, { readonly webhook: Effect.Effect<Webhook, BotStateError> }>()(
  "@concierge/core/services/BotState",
) {}
