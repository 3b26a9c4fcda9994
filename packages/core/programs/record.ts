import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { WorkerConfig } from "../config.ts"
import { unescapeFromQueue } from "../domain/Envelope.ts"
import type { Event } from "../domain/Event.ts"
import type { Outcome } from "../domain/Outcome.ts"
import { toIso } from "../domain/Time.ts"
import { Events } from "../services/Events.ts"
import { Metrics } from "../services/Metrics.ts"
import type { Work } from "./Work.ts"

/**
 * Works an update that concerns no person: its event alone keeps it from being worked twice. An outcome that is not
 * there yet means that the update was put off.
 */
export const workAlone = Effect.fnUntraced(function* <E, R>(
  work: Work,
  eventType: string,
  outcome: Effect.Effect<Outcome | undefined, E, R>,
) {
  const events = yield* Events
  const metrics = yield* Metrics
  const event = yield* claimAlone(work, eventType, {})
  if (event.outcome !== undefined && event.outcome !== "parked") return yield* metrics.count("UpdatesIgnored")
  const reached = yield* outcome
  if (reached === undefined) return
  yield* events.finish({ eventId: work.eventId, outcome: reached, at: toIso(yield* Clock.currentTimeMillis) })
  yield* metrics.count(reached === "applied" ? "UpdatesApplied" : "UpdatesIgnored")
})

/** Keeps an update that we should understand and do not, whole, until a fix can work it. It holds up nobody. */
export const park = Effect.fnUntraced(function* (work: Work, kind: string) {
  const events = yield* Events
  const metrics = yield* Metrics
  const event = yield* claimAlone(work, kind, unescapeFromQueue(work.update.body))
  if (event.outcome !== undefined) return
  // What is wrong with it is not logged, since it would quote what the person wrote.
  yield* Effect.logError("parked: an update of a kind we use does not decode", { eventId: work.eventId, kind })
  yield* events.finish({ eventId: work.eventId, outcome: "parked", at: toIso(yield* Clock.currentTimeMillis) })
  yield* metrics.count("UpdatesParked")
})

const claimAlone = Effect.fnUntraced(function* (
  { eventId }: Work,
  eventType: string,
  payload: NonNullable<Event["payload"]>,
) {
  const events = yield* Events
  const { retentionDays } = yield* WorkerConfig
  const now = yield* Clock.currentTimeMillis
  const expiresAt = Math.floor(now / 1000) + retentionDays * 86_400
  return yield* events.claim({ eventId, eventType, payload, timestamp: toIso(now), expiresAt })
})
