import * as Effect from "effect/Effect"
import type { EventId } from "../ids.ts"
import { note } from "../observe/Facts.ts"
import { Ended } from "../services/Ended.ts"
import { Events, type Finish } from "../services/Events.ts"
import { Metrics } from "../services/Metrics.ts"
import { currentIso } from "../Time.ts"

export type Ending = Pick<Finish, "outcome" | "ambiguous" | "degraded" | "counted">

/** Writes down and counts how an update ended: the last thing done for it. Anonymous: nothing of the person stays in the event. */
export const finish = Effect.fnUntraced(function* (eventId: EventId, ending: Ending, anonymous = false) {
  const events = yield* Events
  const metrics = yield* Metrics
  const ended = yield* Ended
  const { ambiguous, counted, degraded, outcome } = ending
  yield* events.finish({
    eventId,
    outcome,
    at: yield* currentIso,
    ...(degraded !== undefined && { degraded }),
    ...(ambiguous !== undefined && { ambiguous }),
    ...(counted !== undefined && { counted }),
    ...(anonymous && { anonymous }),
  })
  yield* note({ outcome })
  ended.note(eventId)
  yield* metrics.count(outcome === "applied" ? "UpdatesApplied" : "UpdatesIgnored")
  if (ambiguous !== undefined) yield* metrics.count("AmbiguousSends", ambiguous)
})
