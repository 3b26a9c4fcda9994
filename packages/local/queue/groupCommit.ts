import { Unavailable } from "@concierge/core/services/reasons.ts"
import * as Effect from "effect/Effect"

interface Waiting<A> {
  readonly item: A
  readonly resume: (result: Effect.Effect<void, Unavailable>) => void
}

/**
 * Writes what is asked for within one turn of the event loop in a single transaction: the disk is waited for once for
 * all of it. Nobody is answered before their item is on the disk.
 */
export const groupCommit = <A>(
  write: (items: ReadonlyArray<A>) => void,
): ((item: A) => Effect.Effect<void, Unavailable>) => {
  let waiting: Array<Waiting<A>> = []
  const flush = (): void => {
    const batch = waiting
    waiting = []
    let result: Effect.Effect<void, Unavailable> = Effect.void
    try {
      write(batch.map(({ item }) => item))
    } catch (cause) {
      result = Effect.fail(new Unavailable({ cause }))
    }
    for (const { resume } of batch) resume(result)
  }
  return (item) =>
    Effect.callback((resume) => {
      if (waiting.push({ item, resume }) === 1) setImmediate(flush)
    })
}
