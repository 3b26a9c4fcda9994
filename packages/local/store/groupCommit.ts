import type { DatabaseSync } from "node:sqlite"
import { Unavailable } from "@concierge/core/services/reasons.ts"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { transaction } from "../sqlite.ts"

/** Runs `write` in a transaction and succeeds when it is on the disk. */
export type Commit = <A>(write: () => A) => Effect.Effect<A, Unavailable>

interface Waiting {
  /** Gives what is to be done once the transaction is on the disk. */
  readonly write: () => () => void
  readonly fail: (cause: unknown) => void
}

/**
 * Whatever is asked for within one turn of the event loop shares a transaction, so that the disk is waited for once for
 * all of it. Nobody is answered before what they wrote is on the disk; one that fails does so alone.
 */
export const groupCommit = (sqlite: DatabaseSync): Commit => {
  let waiting: Array<Waiting> = []
  const flush = (): void => {
    const group = waiting
    waiting = []
    for (const answer of written(sqlite, group)) answer()
  }
  return <A>(write: () => A) =>
    Effect.callback<A, Unavailable>((resume) => {
      const size = waiting.push({
        write: () => {
          const exit = Exit.succeed(write())
          return () => resume(exit)
        },
        fail: (cause) => resume(Exit.fail(new Unavailable({ cause }))),
      })
      if (size === 1) setImmediate(flush)
    })
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
