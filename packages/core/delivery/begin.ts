import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { sessionId } from "../ids.ts"
import { Users } from "../services/Users.ts"
import { currentIso, plus } from "../Time.ts"
import { uuid } from "../uuid.ts"
import { TooLate } from "./Invocation.ts"
import { lastBegin, lease } from "./times.ts"
import type { ActionWork } from "./Work.ts"

/** Somebody busy is waited for 0.4, 1 and 2.5 s in place; spread, so that several who wait do not all come back at once. */
export const busyRetry = Schedule.exponential("400 millis", 2.5).pipe(Schedule.jittered, Schedule.upTo({ times: 3 }))

/** Takes the person's lock, waiting a little for whoever has it. Undefined: still busy, or too late in this invocation. */
export const begin = Effect.fnUntraced(function* (work: ActionWork) {
  const users = yield* Users
  const { action, eventId, token, turns, userId } = work
  const newSession = sessionId(yield* uuid)
  const attempt = Effect.gen(function* () {
    const now = yield* currentIso
    if (now > plus(turns.invocation.startedAt, lastBegin)) return yield* new TooLate()
    const until = plus(now, lease)
    const begun = { userId, telegramId: action.person.id, event: eventId, token, now, until, sessionId: newSession }
    return { user: yield* users.begin(begun), now }
  })
  return yield* attempt.pipe(
    Effect.retry({
      schedule: busyRetry,
      while: (error) => error._tag === "UsersError" && error.reason._tag === "Busy",
    }),
    Effect.catchTag("TooLate", () => Effect.succeed(undefined)),
    Effect.catchReason("UsersError", "Busy", () => Effect.succeed(undefined)),
  )
})
