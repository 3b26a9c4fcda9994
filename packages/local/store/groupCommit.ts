import type { DatabaseSync } from "node:sqlite"
import { Unavailable } from "@concierge/core/services/reasons.ts"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as MutableList from "effect/MutableList"
import { type EventLoop, eventLoop } from "../eventLoop.ts"
import { transaction } from "../sqlite.ts"

export interface CommitOptions {
  /** Somebody waits for an answer: they go on as soon as it is on the disk, and all others when it is their turn. */
  readonly urgent?: boolean
}

/** Runs `write` in a transaction and succeeds when it is on the disk. */
export type Commit = <A>(write: () => A, options?: CommitOptions) => Effect.Effect<A, Unavailable>

export interface GroupCommit {
  readonly commit: Commit
  /** Waits until it is its turn to go on, as after a commit. */
  readonly turn: Effect.Effect<void>
}

interface Waiting {
  readonly isUrgent: boolean
  /** Gives what is to be done once the transaction is on the disk. */
  readonly write: () => () => void
  readonly fail: (cause: unknown) => void
}

/** Milliseconds of work in one turn of the event loop: while requests come, and while nobody is kept waiting by it. */
const slices = { requested: 0.5, quiet: 4 }

/** Milliseconds after a request in which another is likely to come. */
const soon = 100

/** Milliseconds after which work goes on although people still connect and ask. */
const patience = 100

/**
 * Whatever is asked for shares a transaction with all else that waits, so that the disk is waited for once for all of it:
 * in the turn of the event loop in which somebody urgent asks, or else when all others have gone on. Nobody is answered
 * before what they wrote is on the disk; one that fails does so alone.
 *
 * Going on is most of the host's work, so each turn has a slice of it and no more: a request never waits for the next step
 * of all that is in hand. Where none has come of late the slice is longer, since each turn has its price. A turn that brought
 * requests has none: where each does, they would come faster than they are answered. Nor has one in which people connect,
 * since libuv accepts one connection a turn.
 */
export const groupCommit = (sqlite: DatabaseSync, { isConnecting, now }: EventLoop = eventLoop): GroupCommit => {
  let waiting: Array<Waiting> = []
  const ready = MutableList.make<() => void>()
  let isUrgent = false
  let isScheduled = false
  let worked = 0
  let requested = Number.NEGATIVE_INFINITY
  const schedule = (): void => {
    if (!isScheduled) setImmediate(go)
    isScheduled = true
  }
  const go = (): void => {
    isScheduled = false
    const isAsked = isUrgent
    if (isAsked || ready.length === 0) flush()
    const isBusy = isConnecting() || isAsked
    if (!isBusy || now() - worked > patience) work()
    if (waiting.length > 0 || ready.length > 0) schedule()
  }
  const work = (): void => {
    const begun = now()
    const end = begun + (begun - requested < soon ? slices.requested : slices.quiet)
    do {
      const goOn = MutableList.take(ready)
      if (goOn !== MutableList.Empty) goOn()
    } while (ready.length > 0 && now() < end)
    worked = now()
  }
  const flush = (): void => {
    const group = waiting
    waiting = []
    isUrgent = false
    for (const [index, answer] of written(sqlite, group).entries()) {
      if (group[index]?.isUrgent) answer()
      else MutableList.append(ready, answer)
    }
  }
  const commit: Commit = (write, { urgent = false } = {}) =>
    Effect.callback((resume) => {
      waiting.push({
        isUrgent: urgent,
        write: () => {
          const exit = Exit.succeed(write())
          return () => resume(exit)
        },
        fail: (cause) => resume(Exit.fail(new Unavailable({ cause }))),
      })
      isUrgent ||= urgent
      if (urgent) requested = now()
      schedule()
    })
  const turn = Effect.callback<void>((resume) => {
    MutableList.append(ready, () => resume(Effect.void))
    schedule()
  })
  return { commit, turn }
}

const written = (sqlite: DatabaseSync, group: ReadonlyArray<Waiting>): ReadonlyArray<() => void> => {
  try {
    return transaction(sqlite, () => group.map(({ write }) => write()))
  } catch (cause) {
    const [one, ...others] = group
    if (one === undefined || others.length > 0) return group.flatMap((each) => written(sqlite, [each]))
    return [() => one.fail(cause)]
  }
}
