import * as Effect from "effect/Effect"
import { type StartedContainer, startContainer } from "./container.ts"
import { invoke } from "./invoke.ts"
import type { Queue } from "./Sqs.ts"
import type { Variant } from "./Variant.ts"
import type { World } from "./World.ts"

/** Some thirty times what the longest schedules need. Whoever wants more does not come to an end. */
export const mostInvocations = 3_000

/** Hands visible messages to workers, as many at once as the schedule has, as soon as there are any. */
export const workersOf = (world: World, variant: Variant) => {
  const { rush, workers } = world.schedule
  const pools =
    rush === undefined
      ? [poolOf(world, variant, undefined, workers)]
      : [poolOf(world, variant, "taps", rush.tapWorkers), poolOf(world, variant, "others", workers)]
  return { wake: (at: number) => Effect.forEach(pools, ({ wake }) => wake(at), { discard: true }) }
}

const poolOf = (world: World, variant: Variant, queue: Queue, workers: number) => {
  const idle: Array<StartedContainer | undefined> = Array.from({ length: workers }, () => undefined)
  let wakesAt = Number.POSITIVE_INFINITY

  const wake = (at: number): Effect.Effect<void> =>
    Effect.suspend(() => {
      const isAwaited = wakesAt > world.now() && wakesAt <= at
      if (isAwaited) return Effect.void
      wakesAt = at
      return world.fork(Effect.delay(dispatch, Math.max(0, at - world.now())))
    })

  const dispatch: Effect.Effect<void> = Effect.gen(function* () {
    while (idle.length > 0 && world.history.invocations < mostInvocations) {
      const batch = world.sqs.receive(world.now(), queue)
      if (batch.length === 0) break
      const container = idle.pop()
      yield* world.fork(
        Effect.gen(function* () {
          const used = container ?? (yield* startContainer(world, variant))
          const lives = yield* invoke(world, used, batch)
          if (!lives) yield* Effect.sleep(100)
          idle.push(lives ? used : undefined)
          yield* wake(world.now())
        }),
      )
    }
    const next = world.sqs.nextVisible(queue)
    if (next !== undefined && next > world.now()) yield* wake(next)
  })

  return { wake }
}
