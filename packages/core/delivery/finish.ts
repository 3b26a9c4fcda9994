import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { Events, type Finish } from "../services/Events.ts"
import { Metrics } from "../services/Metrics.ts"
import { toIso } from "../Time.ts"

/** How an update ended of which no person's record knows. */
export type Ended = Pick<Finish, "outcome" | "ambiguous">

/** Writes down and counts how an update ended. Anonymous: nothing of the person stays in the event. */
export const end = Effect.fnUntraced(function* (eventId: string, ended: Ended, anonymous = false) {
  const events = yield* Events
  const metrics = yield* Metrics
  const at = toIso(yield* Clock.currentTimeMillis)
  yield* events.finish({ eventId, ...ended, at, ...(anonymous && { anonymous }) })
  yield* metrics.count(ended.outcome === "applied" ? "UpdatesApplied" : "UpdatesIgnored")
  if (ended.ambiguous !== undefined) yield* metrics.count("AmbiguousSends", ended.ambiguous)
})
