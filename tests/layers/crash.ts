import type { QueueRecord } from "@concierge/core/delivery/batch.ts"
import { processBatch } from "@concierge/core/delivery/batch.ts"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import * as TestClock from "effect/testing/TestClock"
import * as Tables from "../../packages/local/store/Tables.ts"
import { beginning, storesLayer, worldOn } from "./testWorld.ts"
import { untilDone } from "./untilDone.ts"

/** Whether the process dies before a write or after it: the write is done, and nobody learns of it. */
export type Moment = "before" | "after"

/** A process that dies at one of its writes. */
export class Crash extends Context.Service<
  Crash,
  {
    /** So many writes more are heard of; `Infinity`: it lives. */
    left: number
    moment: Moment
  }
>()("tests/layers/Crash") {}

export const layer = Layer.sync(Crash, () => Crash.of({ left: Number.POSITIVE_INFINITY, moment: "before" }))

const mortalTables = Layer.effect(
  Tables.Tables,
  Effect.gen(function* () {
    const tables = yield* Tables.Tables
    const crash = yield* Crash
    const died = Effect.die(new Error("the process died"))
    return Tables.Tables.of({
      ...tables,
      commit: (write) =>
        Effect.suspend(() => {
          crash.left -= 1
          if (crash.left > -1) return tables.commit(write)
          // The first write that nobody hears of may still be done; those after it have nobody to ask for them.
          return crash.moment === "after" && crash.left === -1 ? Effect.andThen(tables.commit(write), died) : died
        }),
    })
  }),
).pipe(Layer.provide(Tables.layer(":memory:")), Layer.provideMerge(layer))

/** As `inWorld`, with a process that can die. */
export const inMortalWorld = <A, E, R>(test: Effect.Effect<A, E, R>) =>
  TestClock.setTime(beginning).pipe(
    Effect.andThen(test),
    Effect.provide(worldOn(mortalTables, storesLayer), { local: true }),
    Random.withSeed("concierge"),
  )

/** Works a batch in a process that dies after so many writes; the queue will show the records again. */
export const crashing = Effect.fnUntraced(function* (
  records: ReadonlyArray<QueueRecord>,
  left: number,
  moment: Moment,
) {
  const crash = yield* Crash
  crash.left = left
  crash.moment = moment
  const failed = yield* untilDone(processBatch(records))
  const isDead = crash.left < 0
  crash.left = Number.POSITIVE_INFINITY
  return { failed, isDead }
})
