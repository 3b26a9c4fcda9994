import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { WorkerConfig } from "../config.ts"
import { isForgottenSince } from "../forgetting/forget.ts"
import { userIdOf } from "../onboarding/User.ts"
import { Events } from "../services/Events.ts"
import { Metrics } from "../services/Metrics.ts"
import { toIso } from "../Time.ts"
import { unescapeFromQueue } from "../updates/Envelope.ts"
import type { Event } from "../updates/Event.ts"
import { ignored } from "../updates/Outcome.ts"
import { type Ended, end } from "./finish.ts"
import type { Work } from "./Work.ts"

/**
 * Works an update that concerns no person: its event alone keeps it from being worked twice. An end that is not there
 * yet means that the update was put off.
 */
export const workAlone = Effect.fnUntraced(function* <E, R>(
  work: Work,
  eventType: string,
  working: Effect.Effect<Ended | undefined, E, R>,
) {
  const metrics = yield* Metrics
  const event = yield* claimAlone(work, eventType, {})
  if (event.outcome !== undefined && event.outcome !== "parked") return yield* metrics.count("UpdatesIgnored")
  const ended = yield* working
  if (ended !== undefined) yield* end(work.eventId, ended)
})

/**
 * Keeps an update that we should understand and do not, whole, until a fix can work it. It holds up nobody. As the
 * record of whoever's chat it is, it goes when they are forgotten.
 */
export const park = Effect.fnUntraced(function* (work: Work, kind: string) {
  const events = yield* Events
  const metrics = yield* Metrics
  const userId = ownerOf(work.update.group)
  const event = yield* claimAlone(work, kind, unescapeFromQueue(work.update.body), userId)
  if (event.outcome !== undefined) return
  // After the claim: what a deletion has not seen to take with it sees the deletion.
  if (userId !== undefined && (yield* isForgottenSince(userId, [event.timestamp, work.receivedAt]))) {
    return yield* end(work.eventId, { outcome: ignored("forgotten") }, true)
  }
  // What is wrong with it is not logged, since it would quote what the person wrote.
  yield* Effect.logError("parked: an update of a kind we use does not decode", { eventId: work.eventId, kind })
  yield* events.finish({ eventId: work.eventId, outcome: "parked", at: toIso(yield* Clock.currentTimeMillis) })
  yield* metrics.count("UpdatesParked")
})

/** Whose private chat the group is: chats of several have negative ids. */
const ownerOf = (group: string): string | undefined => (Number(group) > 0 ? userIdOf(Number(group)) : undefined)

const claimAlone = Effect.fnUntraced(function* (
  { eventId }: Work,
  eventType: string,
  payload: NonNullable<Event["payload"]>,
  userId?: string,
) {
  const events = yield* Events
  const { retentionDays } = yield* WorkerConfig
  const now = yield* Clock.currentTimeMillis
  const expiresAt = Math.floor(now / 1000) + retentionDays * 86_400
  const owner = userId === undefined ? {} : { userId }
  return yield* events.claim({ eventId, ...owner, eventType, payload, timestamp: toIso(now), expiresAt })
})
