import { retention } from "../retention.ts"

// The times of delivery, in milliseconds. They depend on each other (protocol.md, "Times"); tests hold the relations.

/** The runtime ends an invocation after this. */
export const deadline = 50_000

/** The queue hides what is being worked for this long. Under six deadlines, Lambda hands a batch out again meanwhile. */
export const visibility = 6 * deadline

/** A record that failed so often fails for a reason of its own, and becomes a dead letter. */
export const maxReceives = 3

/** No begin later than this into an invocation, so that what it begins can end. */
export const lastBegin = 30_000

/** No send later than this: with its timeout it ends before the deadline. */
export const lastSend = 38_000

/** At least the deadline, plus clock skew and a write still under way (5 s each). */
export const lease = 60_000

/** The delayed copy for a busy person comes back after this, and up to as much again. */
export const busyDelay = 10_000

/** The other attempt that has the lock now commits within this time, or dies. */
export const lostLeaseWait = 1_000

/** A limit of Telegram's up to this long is waited out in place. */
export const shortWait = 5_000

/** Telegram down: the first copy after this, each later one after twice the time before, up to the ceiling. */
export const outageDelay = 2_000
export const outageDelayMax = 300_000

/** After this many copies, or this long an outage, a message is left to die where an operator sees it. */
export const maxAttempts = 100
export const maxOutage = 6 * 3_600_000

/** An older update is not worked any more; event records live longer than that. */
export const maxAge = 30 * 86_400_000

/** An update this much older than what the person did since is stale; so is a hint this late. */
export const staleAfter = 10 * 60_000

/** The same /start again within this is a double tap. */
export const doubleStart = 30_000

/** A yes to /forgetme is good for this long. */
export const forgetWindow = 10 * 60_000

/** A group gets one answer in this time. */
export const groupWindow = 60_000

/** How long an update of somebody who was forgotten can still come. */
export const tombstoneLife = retention.lastUpdate * 86_400_000

/** Ids a person carries before finished ones are pruned, and a counter likewise. */
export const recentLimit = 12
export const countedLimit = 200

/** A counter forgets an id no earlier than this after it was finished: no worker that saw it open is alive by then. */
export const countedAge = 120_000

/** A day's counter is kept in this many items, so that it takes a campaign's rush: each holds the ids of its last minutes. */
export const counterShards = 32

/** The wait before the next copy while Telegram is down, in milliseconds; `chance` in [0, 1) spreads the copies. */
export const outageWait = (attempt: number, chance: number): number =>
  Math.min(outageDelayMax, outageDelay * 2 ** Math.min(attempt, 20)) * (1 + chance)
