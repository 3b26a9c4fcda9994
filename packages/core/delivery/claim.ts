import * as Effect from "effect/Effect"
import { WorkerConfig } from "../config.ts"
import { type Claim, Events } from "../services/Events.ts"
import { expiresAt, type Iso } from "../Time.ts"
import type { Work } from "./Work.ts"

/** Writes down that an update is being worked, and gives what is known of it: an outcome, if it had been worked before. */
export const claim = Effect.fnUntraced(function* (
  { eventId }: Pick<Work, "eventId">,
  what: Pick<Claim, "eventType" | "payload" | "userId">,
  now: Iso,
) {
  const events = yield* Events
  const { retention } = yield* WorkerConfig
  return yield* events.claim({ eventId, ...what, timestamp: now, expiresAt: expiresAt(now, retention) })
})
