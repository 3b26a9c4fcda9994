import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { Users } from "../services/Users.ts"
import { plus, toIso } from "../Time.ts"
import { uuid } from "./Invocation.ts"
import { busyWaits, lastBegin, lease } from "./times.ts"
import type { ActionWork } from "./Work.ts"

/** Takes the person's lock, waiting a little for whoever has it. Undefined: still busy, or too late in this invocation. */
export const begin = Effect.fnUntraced(function* (work: ActionWork) {
  const users = yield* Users
  const { action, eventId, invocation, token, userId } = work
  const sessionId = yield* uuid
  for (const wait of [...busyWaits, undefined]) {
    const millis = yield* Clock.currentTimeMillis
    if (millis > invocation.startedAt + lastBegin) return undefined
    const now = toIso(millis)
    const until = plus(now, lease)
    const begun = { userId, telegramId: action.person.id, event: eventId, token, now, until, sessionId }
    const user = yield* Effect.catchReason(users.begin(begun), "UsersError", "Busy", () => Effect.succeed(undefined))
    if (user !== undefined) return { user, now }
    // Spread, so that several that wait for one person do not all come back at once.
    if (wait !== undefined) yield* Effect.sleep(wait * (yield* Random.nextBetween(0.75, 1.25)))
  }
  return undefined
})
