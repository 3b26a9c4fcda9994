import type { QueueRecord } from "@concierge/core/delivery/batch.ts"
import * as Composed from "@concierge/core/layers/composed.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Dice } from "../simulator/chance.ts"
import { crashing, type Moment } from "./crash.ts"
import { nextBatch, workBatch } from "./drive.ts"

const start = Effect.gen(function* () {
  const scope = yield* Effect.scope
  const made = Layer.fresh(Composed.layer)
  return yield* Layer.buildWithMemoMap(made, Layer.makeMemoMapUnsafe(), scope)
})

/** So many processes of the worker on one queue: each batch comes to any of them, and one that dies is replaced. */
export const startContainers = Effect.fnUntraced(function* (count: number, dice: Dice) {
  const containers = yield* Effect.replicateEffect(start, count)
  const inOne = <A, E, R>(work: Effect.Effect<A, E, R>, chosen = dice.below(count)) => {
    const container = containers[chosen]
    if (container === undefined) throw new Error("there is no container")
    return Effect.provideContext(work, container)
  }
  return {
    /** Works what is visible on the queue. */
    work: Effect.gen(function* () {
      const records = yield* nextBatch
      if (records.length > 0) yield* inOne(workBatch(records))
      return records
    }),
    /** The same records again, as a queue delivers at least once. */
    again: (records: ReadonlyArray<QueueRecord>) => inOne(workBatch(records)),
    /** A batch in a process that dies after so many writes. */
    die: Effect.fnUntraced(function* (writes: number, moment: Moment) {
      const chosen = dice.below(count)
      const { isDead } = yield* inOne(crashing(yield* nextBatch, writes, moment), chosen)
      if (isDead) containers[chosen] = yield* start
    }),
  }
})
