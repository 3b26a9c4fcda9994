import { createHmac } from "node:crypto"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { WorkerConfig } from "../config.ts"
import { type Ended, end } from "../delivery/finish.ts"
import { isBlank, isKept, leaveAs } from "../delivery/leave.ts"
import { lease, tombstoneLife } from "../delivery/times.ts"
import type { ActionWork } from "../delivery/Work.ts"
import type { User } from "../onboarding/User.ts"
import { Events } from "../services/Events.ts"
import { Sessions } from "../services/Sessions.ts"
import { Settings, type SettingsError } from "../services/Settings.ts"
import { Users } from "../services/Users.ts"
import { fromIso, type Iso, plus } from "../Time.ts"
import { ignored } from "../updates/Outcome.ts"

const Tombstone = Schema.Struct({
  at: Schema.String,
  event: Schema.String,
  /** Of the record that is to be deleted: it tells that one from a later one, whatever the clocks of two workers say. */
  createdAt: Schema.String,
  /** Goodbyes that may have been said before, of which the record tells no more once it is deleted. */
  ambiguous: Schema.optionalKey(Schema.Int),
})

const decodeTombstone = Schema.decodeUnknownOption(Tombstone)

/** The person cannot be read from the key: the bot's token is needed to make it. */
const tombstoneKey = Effect.fnUntraced(function* (userId: string) {
  const { botToken } = yield* WorkerConfig
  return `forgotten#${createHmac("sha256", Redacted.value(botToken)).update(userId).digest("hex")}`
})

/**
 * Deletes everything about a person but the record itself, which goes last and with the lock (`forgetRecord`). Whatever
 * stops it half-way, the next attempt does it again to the end.
 */
export const forgetTraces = Effect.fnUntraced(function* (
  { eventId, receivedAt, userId }: ActionWork,
  user: User,
  now: Iso,
) {
  const settings = yield* Settings
  const sessions = yield* Sessions
  const events = yield* Events
  const expiresAt = Math.floor((fromIso(now) + tombstoneLife) / 1000)
  const at = now > receivedAt ? now : receivedAt
  const value = { at, event: eventId, createdAt: user.createdAt, ...doubtOf(user.unresolved - 1) }
  yield* settings.put({ key: yield* tombstoneKey(userId), value, expiresAt })
  const results = Object.values(user.recent)
  const runs = [...new Set([user.sessionId, ...results.map(({ sessionId }) => sessionId)])]
  const strip = events.strip(userId, Object.keys(user.recent))
  yield* Effect.all([sessions.removeOfUser(userId, runs), strip], { concurrency: 2, discard: true })
})

/**
 * Whether what the person did before is committed and may still be being written down, by a worker that holds no lock any
 * more: a run that it saves after the deletion would stay. No worker lives longer than a lease.
 */
export const isSettling = Effect.fnUntraced(function* ({ recent }: User, now: Iso) {
  const events = yield* Events
  const young = Object.entries(recent).flatMap(([event, { at }]) => (plus(at, lease) > now ? [event] : []))
  return young.length > 0 && (yield* events.finished(young)).size < young.length
})

/** False: the lock was lost, so that another attempt has to finish it. */
export const forgetRecord = Effect.fnUntraced(function* ({ eventId, token, userId }: ActionWork, user: User) {
  const users = yield* Users
  if (!(yield* users.remove(userId, token))) return false
  yield* end(eventId, { outcome: "applied", ...doubtOf(user.unresolved - 1) }, true)
  return true
})

/** Whether somebody, of whom no record need be there, was forgotten after any of these. */
export const isForgottenSince = Effect.fnUntraced(function* (userId: string, times: ReadonlyArray<Iso>) {
  const tombstone = yield* tombstoneOf(userId)
  return Option.isSome(tombstone) && times.some((at) => tombstone.value.at >= at)
})

const tombstoneOf = Effect.fnUntraced(function* (userId: string) {
  const settings = yield* Settings
  return decodeTombstone(Option.getOrUndefined(yield* settings.get(yield* tombstoneKey(userId))))
})

/**
 * What came of an update from before the person was forgotten, or of one since that asks for nothing; undefined for all
 * others. Only an update that was seen before the record was created can be one, so that nobody else costs a read.
 */
export const forgottenOutcome = Effect.fnUntraced(function* (
  { action, eventId, userId }: ActionWork,
  user: User,
  seenAt: Iso,
): Effect.fn.Return<Ended | undefined, SettingsError, Settings | WorkerConfig> {
  if (seenAt > user.createdAt) return undefined
  const tombstone = yield* tombstoneOf(userId)
  if (Option.isNone(tombstone)) return undefined
  if (tombstone.value.at < seenAt) {
    // Whoever deletes and then blocks has not come back.
    const isBack = !isBlank(user) || (action.trigger._tag !== "Membership" && action.trigger._tag !== "Edited")
    return isBack ? undefined : { outcome: ignored("forgotten") }
  }
  const { ambiguous, createdAt, event } = tombstone.value
  if (event !== eventId) return { outcome: ignored("forgotten") }
  // The very update that asked for it: its earlier attempt may not have got as far as the record.
  return user.createdAt === createdAt ? undefined : { outcome: "applied", ...doubtOf(ambiguous) }
})

/** Ends an update of somebody who has been forgotten without bringing them back. */
export const ignoreForgotten = Effect.fnUntraced(function* (work: ActionWork, user: User, ended: Ended) {
  const kept = yield* isKept(work, user)
  // Telegram may have delivered it anew, and that been answered: it is told from others by its id alone.
  const lost = kept ? 0 : user.unresolved - 1
  // In this order: of several that end, the last one sees that nothing is awaited any more.
  yield* end(work.eventId, { ...ended, ...doubtOf((ended.ambiguous ?? 0) + lost) }, true)
  yield* leaveAs(work, kept)
})

/** All begins but the last that were never resolved: each may have said something. */
const doubtOf = (ambiguous = 0): Pick<Ended, "ambiguous"> => (ambiguous > 0 ? { ambiguous } : {})
