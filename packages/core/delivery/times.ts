import * as Duration from "effect/Duration"
import { retention } from "../retention.ts"
import type { File } from "../services/Telegram.ts"
import { type Iso, plus } from "../Time.ts"
import { deadlineSeconds, visibilitySeconds } from "./deployed.ts"

// The times of delivery depend on each other: `tests/unit/delivery/times.test.ts` holds how.

export const deadline = Duration.seconds(deadlineSeconds)

export const visibility = Duration.seconds(visibilitySeconds)

/** An answer to a message that is awaited longer than this will hardly come. */
export const textTimeout = Duration.seconds(10)

/**
 * For a video or a voice. Telegram answers when it has the whole file, which by URL takes over ten seconds in a busy hour
 * (python-telegram-bot#1045); given up too early, a message that has arrived is taken for lost.
 */
export const fileTimeout = Duration.seconds(60)

/** For a file that Telegram has, by its id: nothing is fetched or uploaded. */
export const knownFileTimeout = Duration.seconds(20)

export const timeoutOf = (file: File | undefined): Duration.Duration => {
  if (file === undefined) return textTimeout
  return file._tag === "FileId" ? knownFileTimeout : fileTimeout
}

/** What is left of the deadline when the last answer has come: to commit, and to hand back what did not end. */
export const lastAnswer = Duration.subtract(deadline, Duration.seconds(2))

/**
 * No begin later than this into an invocation: a text, or a file by its id, is answered in time. What needs a whole file comes
 * again.
 */
export const lastBegin = Duration.seconds(65)

/** A turn is waited for no longer than this, so that a begin that has to wait for somebody busy is still in time. */
export const lastTurn = Duration.seconds(60)

/** After the begin nothing is waited for beyond this: the slowest send is answered in time. */
export const lastSend = Duration.subtract(lastAnswer, fileTimeout)

/** At least the deadline, plus clock skew and a write still under way (5 s each). */
export const lease = Duration.sum(deadline, Duration.seconds(10))

/** So often a message is sent of which no answer is seen: each may have arrived, and nobody wants a third. */
export const mostUnseen = 2

/** The delayed copy for a busy person comes back after this, and up to as much again. */
export const busyDelay = Duration.seconds(10)

/** The other attempt that has the lock now commits within this time, or dies. */
export const lostLeaseWait = Duration.seconds(1)

/** What is ready by then, as from a cache, is not announced. People see an action within 300 ms. */
export const actionAfter = Duration.millis(100)

/** A greeting whose name has too many before it comes back after this at least. */
export const crowdedDelay = Duration.seconds(10)

/** A new name is not waited for any longer: the greeting comes as text. */
export const greetingPatience = Duration.minutes(2)

/** Telegram down: the first copy after this, each later one after twice the time before, up to the ceiling. */
export const outageDelay = Duration.seconds(2)
export const outageDelayMax = Duration.minutes(5)

/** After this long an outage a message is left to die where an operator sees it. */
export const maxOutage = Duration.hours(6)

/** An older update is not worked any more; event records live longer than that. */
export const maxAge = Duration.days(30)

/** An update this much older than what the person did since is stale; so is a hint this late. */
export const staleAfter = Duration.minutes(10)

/** A /start again within this is a double tap, whatever it carries. */
export const doubleStart = Duration.seconds(30)

/** What people write within this, an album's photos or ten messages forwarded at once, is one thing to answer. */
export const oneGo = Duration.seconds(5)

/** A yes to /forgetme is good for this long. */
export const forgetWindow = Duration.minutes(10)

/** A group gets one answer in this time. */
export const groupWindow = Duration.minutes(1)

/** How long an update of somebody who was forgotten can still come. */
export const tombstoneLife = Duration.days(retention.lastUpdate)

/** Until when a key of the tombstones is read that is replaced now. */
export const formerTombstonesUntil = (now: Iso): Iso => plus(now, Duration.days(retention.formerTombstoneKey))

/** Ids a counter carries before whoever counts asks which of them are finished: more than the workers of a shard have in hand. */
export const rememberedLimit = 20

/** A placement's counter is kept in so many items, one for each container: a partition takes 1,000 writes a second, a rush of one link's. */
export const counterShards = 8

/** Strangers' codes that get a row of their own; what they write further that day is counted together. */
export const codesPerDay = 1_000

/** Codes in one item: it stays within a write unit. */
export const codesPerItem = 40

/** As long again as it has waited, in milliseconds, and up to half as much more; `chance` in [0, 1) spreads the copies. */
export const crowdedWait = (waited: number, chance: number): Duration.Duration =>
  Duration.times(Duration.max(crowdedDelay, Duration.millis(waited)), 1 + chance / 2)

/** The wait before the next copy while Telegram is down; `chance` in [0, 1) spreads the copies. */
export const outageWait = (attempt: number, chance: number): Duration.Duration =>
  Duration.times(Duration.min(outageDelayMax, Duration.times(outageDelay, 2 ** Math.min(attempt, 20))), 1 + chance)
