import type { QueuedUpdate } from "@concierge/core/services/UpdateQueue.ts"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { poll } from "../queue/poll.ts"
import { expire } from "../store/expire.ts"
import { recover } from "../store/recover.ts"

/** What one bot's tables need for as long as the host runs; each update is `seen` before it is worked. */
export const work = Effect.fnUntraced(function* (seen?: (update: QueuedUpdate) => Effect.Effect<void>) {
  yield* recover
  yield* Effect.forkScoped(poll(seen))
  yield* Effect.forkScoped(Effect.repeat(tidy, expirySchedule))
})

/** What goes wrong this time may go right the next. */
const tidy = Effect.catchTag(expire, "Unavailable", (error) =>
  Effect.logWarning("what has expired could not be deleted, trying again in an hour", { error }),
)

const expirySchedule = Schedule.spaced("1 hour")
