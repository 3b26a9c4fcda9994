import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import * as Schema from "effect/Schema"
import { Metrics } from "../services/Metrics.ts"
import type { NotSent } from "../services/SendResult.ts"
import { maxDelay, type QueuedUpdate, UpdateQueue } from "../services/UpdateQueue.ts"
import { Users } from "../services/Users.ts"
import { fromIso, toIso } from "../Time.ts"
import { maxAttempts, maxOutage, outageWait } from "./times.ts"
import type { ActionWork } from "./Work.ts"

/** Put off too often or for too long: it is left to the dead-letter queue, where an operator sees it. */
export class GivenUp extends Schema.TaggedError<GivenUp>()("GivenUp", { attempt: Schema.Int }) {}

/**
 * Sends a copy of the update to be worked `wait` milliseconds from now. The original may then be acknowledged: waiting
 * uses up none of its receives.
 */
export const postpone = Effect.fn("postpone")(function* (update: QueuedUpdate, wait: number) {
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

/** Postpones an update whose message was not sent, for as long as that asks for, and gives the person's lock up. */
export const putOff = Effect.fnUntraced(function* ({ token, update, userId }: ActionWork, result: NotSent) {
  const users = yield* Users
  const now = yield* Clock.currentTimeMillis
  const wait = yield* waitFor(update, result)
  yield* users.release({
    userId,
    token,
    clean: result._tag !== "Unknown",
    ...(result._tag === "Limited" && { notBefore: toIso(now + result.wait) }),
  })
  yield* postpone(update, wait)
})

/** In milliseconds, spread so that not all copies come back at once. */
export const waitFor = Effect.fnUntraced(function* ({ attributes }: QueuedUpdate, result: NotSent) {
  const chance = yield* Random.next
  switch (result._tag) {
    case "Limited":
      return result.wait + 1_000 * chance
    case "Late":
      return 0
    default:
      return outageWait(attributes.attempt, chance)
  }
})
