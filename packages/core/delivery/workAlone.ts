import * as Effect from "effect/Effect"
import { note } from "../observe/Facts.ts"
import { Metrics } from "../services/Metrics.ts"
import { currentIso } from "../Time.ts"
import { ignored } from "../updates/Outcome.ts"
import { claim } from "./claim.ts"
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
  const event = yield* claim(work, { eventType, payload: {} }, yield* currentIso)
  if (event.outcome !== undefined && event.outcome !== "parked") {
    yield* note({ outcome: ignored("duplicate") })
    return yield* metrics.count("UpdatesIgnored")
  }
  const ending = yield* working
  if (ending !== undefined) yield* finish(work.eventId, ending)
})
