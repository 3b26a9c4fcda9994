import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import * as Schema from "effect/Schema"
import { CurrentFacts, note, type WhyLater } from "../observe/Facts.ts"
import { type Sending, unseenWith } from "../onboarding/unseen.ts"
import { Metrics } from "../services/Metrics.ts"
import type { NotSent } from "../services/SendResult.ts"
import { maxDelay, type QueuedUpdate, UpdateQueue } from "../services/UpdateQueue.ts"
import { Users } from "../services/Users.ts"
import { currentIso, millisBetween, plus } from "../Time.ts"
import { crowdedWait, maxOutage, outageWait } from "./times.ts"
import type { ActionWork } from "./Work.ts"

/** Put off for too long: it is left to the dead-letter queue, where an operator sees it. */
export class GivenUp extends Schema.TaggedError<GivenUp>()("GivenUp", { attempt: Schema.Int }) {}

/** Waits that Telegram's limit imposes, which the objective does not count. */
const imposed: ReadonlyArray<WhyLater> = ["limited", "pace"]

/**
 * Sends a copy of the update to be worked `wait` from now. The original may then be acknowledged: waiting
 * uses up none of its receives.
 */
export const postpone = Effect.fn("postpone")(function* (update: QueuedUpdate, wait: Duration.Duration, why: WhyLater) {
  const queue = yield* UpdateQueue
  const metrics = yield* Metrics
  const now = yield* currentIso
  const { attempt, deferredAt, notBefore: _, ...attributes } = update.attributes
  const since = deferredAt ?? now
  if (now > plus(since, maxOutage)) return yield* new GivenUp({ attempt })
  // A time that Telegram named is waited for, however long it is; the outage would begin after it.
  const isLong = why === "limited" && Duration.isGreaterThan(wait, maxOutage)
  const copy = { ...attributes, attempt: attempt + 1, deferredAt: isLong ? plus(now, wait) : since }
  const longer = Duration.isGreaterThan(wait, maxDelay) ? { notBefore: plus(now, wait) } : {}
  const imposedNow = imposed.includes(why) ? Math.ceil(Duration.toMillis(wait)) : 0
  // What has been waited for in hand is noted, and no copy knows of it yet.
  const { limitedMs = attributes.limitedMs ?? 0 } = (yield* CurrentFacts).facts
  const limited = limitedMs + imposedNow > 0 ? { limitedMs: limitedMs + imposedNow } : {}
  yield* queue.send({ ...update, attributes: { ...copy, ...longer, ...limited } }, Duration.min(wait, maxDelay))
  yield* note({ outcome: "put off", reason: why, ...limited })
  if (imposedNow > 0) yield* metrics.record("LimitWaits", imposedNow)
  yield* metrics.count("UpdatesDeferred")
})

/** Postpones an update whose message was not sent, for as long as that asks for, and gives the person's lock up. */
export const putOff = Effect.fnUntraced(function* (work: ActionWork, sending: Sending, result: NotSent) {
  const { token, update, userId } = work
  const users = yield* Users
  const now = yield* currentIso
  const wait = yield* waitFor(update, result)
  yield* users.release({
    userId,
    token,
    clean: result._tag !== "Unknown",
    ...(result._tag === "Limited" && { notBefore: plus(now, result.wait) }),
    ...(result._tag === "Unknown" && { unseen: unseenWith(sending, work.eventId, result.begunAt) }),
  })
  yield* postpone(update, wait, whyOf[result._tag])
})

export const whyOf = {
  Limited: "limited",
  Crowded: "crowded",
  Late: "late",
  Refused: "refused",
  Down: "down",
  Unknown: "unknown",
} as const satisfies Record<NotSent["_tag"], WhyLater>

/** Spread, so that not all copies come back at once. */
export const waitFor = Effect.fnUntraced(function* ({ attributes }: QueuedUpdate, result: NotSent) {
  const chance = yield* Random.next
  switch (result._tag) {
    case "Limited":
      return Duration.sum(result.wait, Duration.millis(1_000 * chance))
    case "Crowded":
      return crowdedWait(millisBetween(attributes.receivedAt, yield* currentIso), chance)
    case "Late":
      return Duration.zero
    default:
      return outageWait(attributes.attempt, chance)
  }
})
