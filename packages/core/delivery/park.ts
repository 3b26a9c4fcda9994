import * as Effect from "effect/Effect"
import { isForgottenSince } from "../forgetting/forget.ts"
import { type UserId, userIdOf } from "../ids.ts"
import { note } from "../observe/Facts.ts"
import { Events } from "../services/Events.ts"
import { Metrics } from "../services/Metrics.ts"
import { currentIso } from "../Time.ts"
import { unescapeFromQueue } from "../updates/Envelope.ts"
import { ignored } from "../updates/Outcome.ts"
import { claim } from "./claim.ts"
import { finish } from "./finish.ts"
import type { Work } from "./Work.ts"

/**
 * Keeps an update that we should understand and do not, whole, until a fix can work it. It holds up nobody. As the
 * record of whoever's chat it is, it goes when they are forgotten.
 */
export const park = Effect.fnUntraced(function* (work: Work, kind: string) {
  const events = yield* Events
  const metrics = yield* Metrics
  const userId = ownerOf(work.update.group)
  const what = {
    eventType: kind,
    payload: unescapeFromQueue(work.update.body),
    ...(userId !== undefined && { userId }),
  }
  const event = yield* claim(work, what, yield* currentIso)
  if (event.outcome !== undefined) return yield* note({ outcome: ignored("duplicate") })
  // After the claim: what a deletion has not seen to take with it sees the deletion.
  if (userId !== undefined && (yield* isForgottenSince(userId, [event.timestamp, work.receivedAt]))) {
    return yield* finish(work.eventId, { outcome: ignored("forgotten") }, true)
  }
  yield* events.finish({ eventId: work.eventId, outcome: "parked", at: yield* currentIso })
  // What is wrong with it is not logged, since it would quote what the person wrote.
  yield* note({ outcome: "parked" })
  yield* metrics.count("UpdatesParked")
})

/** Whose private chat the group is: chats of several have negative ids. */
const ownerOf = (group: string): UserId | undefined => (Number(group) > 0 ? userIdOf(Number(group)) : undefined)
