import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Metrics } from "../services/Metrics.ts"
import { maxDelay, type QueuedUpdate, UpdateQueue } from "../services/UpdateQueue.ts"
import { fromIso, toIso } from "../Time.ts"
import { maxAttempts, maxOutage } from "./times.ts"

/** Put off too often or for too long: it is left to the dead-letter queue, where an operator sees it. */
export class GivenUp extends Schema.TaggedError<GivenUp>()("GivenUp", { attempt: Schema.Int }) {}

/**
 * Sends a copy of the update to be worked `wait` milliseconds from now. The original may then be acknowledged: waiting
 * uses up none of its receives.
 */
export const defer = Effect.fn("defer")(function* (update: QueuedUpdate, wait: number) {
  const queue = yield* UpdateQueue
  const metrics = yield* Metrics
  const now = yield* Clock.currentTimeMillis
  const { attempt, deferredAt, notBefore: _, ...attributes } = update.attributes
  const since = deferredAt === undefined ? now : fromIso(deferredAt)
  if (attempt >= maxAttempts || now - since > maxOutage) return yield* new GivenUp({ attempt })
  const delay = Math.min(maxDelay, Math.max(0, Math.ceil(wait / 1000)))
  const copy = { ...attributes, attempt: attempt + 1, deferredAt: toIso(since) }
  const longer = wait > maxDelay * 1000 ? { notBefore: toIso(now + wait) } : {}
  yield* queue.send({ ...update, attributes: { ...copy, ...longer } }, delay)
  yield* metrics.count("UpdatesDeferred")
})
