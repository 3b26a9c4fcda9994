import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Iso } from "../Time.ts"
import { Unavailable } from "./reasons.ts"

export class UpdateQueueError extends Schema.TaggedError<UpdateQueueError>()("UpdateQueueError", {
  reason: Schema.Union([Unavailable]),
}) {}

/** What travels beside the update, as message attributes. */
export const Attributes = Schema.Struct({
  updateId: Schema.Int,
  kind: Schema.String,
  receivedAt: Iso,
  correlationId: Schema.String,
  /** How many delayed copies came before this one. */
  attempt: Schema.Int,
  /** When the first delayed copy was made. */
  deferredAt: Schema.optionalKey(Iso),
  /** Not to be worked before; for waits longer than the queue can delay. */
  notBefore: Schema.optionalKey(Iso),
  /** Milliseconds for which Telegram's own limit has made it wait so far. */
  limitedMs: Schema.optionalKey(Schema.Int),
  /** W3C trace context of the webhook's request. */
  traceparent: Schema.optionalKey(Schema.String),
})
export type Attributes = typeof Attributes.Type

export interface QueuedUpdate {
  /** The JSON text of the update, in characters that every queue takes. */
  readonly body: string
  /** Chat id: one busy chat does not hold up the others. */
  readonly group: string
  readonly attributes: Attributes
}

/** Longest delay a message can have (SQS `DelaySeconds`). */
export const maxDelay = Duration.minutes(15)

export const isTap = ({ kind }: Pick<Attributes, "kind">): boolean => kind === "callback_query"

/**
 * Taps have a queue of their own: who is half-way never stands behind newcomers. Nor does who blocks or unblocks the bot: a
 * tap that comes next would be worked as if they had not.
 */
export const isOfTaps = ({ kind }: Pick<Attributes, "kind">): boolean => isTap({ kind }) || kind === "my_chat_member"

/** Updates on their way from the webhook to the worker. */
export class UpdateQueue extends Context.Service<
  UpdateQueue,
  {
    /** Durable when it returns. `delay` is rounded up to whole seconds, at most {@link maxDelay}. */
    send(update: QueuedUpdate, delay?: Duration.Duration): Effect.Effect<void, UpdateQueueError>
  }
>()("@concierge/core/services/UpdateQueue") {}
