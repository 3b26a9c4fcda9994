import type { QueuedUpdate } from "@concierge/core/services/UpdateQueue.ts"
import { currentIso } from "@concierge/core/Time.ts"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { Journal } from "../journal/Journal.ts"
import { poll } from "../queue/poll.ts"
import { expire } from "../store/expire.ts"
import { recover } from "../store/recover.ts"

/** What one bot's tables need for as long as the host runs; each update is `seen` before it is worked. */
export const work = Effect.fnUntraced(function* (seen?: (update: QueuedUpdate) => Effect.Effect<void>) {
  const journal = yield* Journal
  const at = yield* currentIso
  for (const lost of yield* recover) journal.add({ ...lost, at, what: "recover", millis: 0, ok: true })
  yield* Effect.forkScoped(poll(seen))
  yield* Effect.forkScoped(Effect.repeat(tidy, expirySchedule))
})

/** What goes wrong this time may go right the next. */
const tidy = Effect.catchTag(expire, "Unavailable", (error) =>
  Effect.logWarning("what has expired could not be deleted, trying again in an hour", { error }),
)

const expirySchedule = Schedule.spaced("1 hour")
