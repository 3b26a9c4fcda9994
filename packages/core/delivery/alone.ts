import * as Effect from "effect/Effect"
import { WorkerConfig } from "../config.ts"
import type { UserId } from "../ids.ts"
import { Events } from "../services/Events.ts"
import { Metrics } from "../services/Metrics.ts"
import { currentIso, expiresAt } from "../Time.ts"
import type { Event } from "../updates/Event.ts"
import { type Ending, finish } from "./finish.ts"
import type { Work } from "./Work.ts"

/**
 * Works an update that concerns no person: its event alone keeps it from being worked twice. An end that is not there
 * yet means that the update was put off.
 */
export const workAlone = Effect.fnUntraced(function* <E, R>(
  work: Work,
  eventType: string,
  working: Effect.Effect<Ending | undefined, E, R>,
) {
  const metrics = yield* Metrics
  const event = yield* claimAlone(work, eventType, {})
  if (event.outcome !== undefined && event.outcome !== "parked") return yield* metrics.count("UpdatesIgnored")
  const ending = yield* working
  if (ending !== undefined) yield* finish(work.eventId, ending)
})

export const claimAlone = Effect.fnUntraced(function* (
  { eventId }: Work,
  eventType: string,
  payload: NonNullable<Event["payload"]>,
  userId?: UserId,
) {
  const events = yield* Events
  const { retention } = yield* WorkerConfig
  const timestamp = yield* currentIso
  const owner = userId === undefined ? {} : { userId }
  return yield* events.claim({
    eventId,
    ...owner,
    eventType,
    payload,
    timestamp,
    expiresAt: expiresAt(timestamp, retention),
  })
})
