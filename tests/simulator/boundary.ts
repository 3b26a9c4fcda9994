import * as Effect from "effect/Effect"
import type { Method } from "./Faults.ts"
import { type Container, meet, type World } from "./World.ts"

export interface Call<A, E> {
  readonly method: Method
  /** Together with the method it tells the call from others. */
  readonly who: string
  /** Whom it is about; undefined: it may be anybody. */
  readonly whom: string | undefined
  readonly effect: Effect.Effect<A, E>
  readonly failure: () => E
}

export type Boundary = <A, E>(call: Call<A, E>) => Effect.Effect<A, E>

/**
 * Stands around every call of a worker's to the outside. A worker that has died makes no more calls, and hears of none:
 * neither its finalizers nor anything else of it have any effect, as after `kill -9`.
 */
export const boundaryOf =
  (world: World, container: Container): Boundary =>
  <A, E>({ effect, failure, method, who, whom }: Call<A, E>): Effect.Effect<A, E> =>
    Effect.suspend(() => {
      const { invocation } = container
      if (invocation === undefined || invocation.isOver) return Effect.never
      const alive = <B, F>(next: Effect.Effect<B, F>): Effect.Effect<B, F> =>
        Effect.suspend(() => (invocation.isOver ? Effect.never : next))
      const { dice, fault } = meet(world, invocation, method, who, whom)
      const die = (moment: "before" | "after"): Effect.Effect<never> =>
        Effect.suspend(() => {
          world.history.killedAt.add(`${method} ${moment}`)
          invocation.kill()
          return Effect.never
        })
      const wait = dice.between(1, 15)
      const isThere = dice.is(0.5)
      const there = isThere ? Effect.delay(alive(effect), wait) : effect
      const back = isThere ? Effect.void : Effect.sleep(wait)
      switch (fault) {
        case "die before":
          return die("before")
        case "late":
          return Effect.andThen(world.fork(Effect.delay(Effect.exit(effect), dice.between(0, 60_000))), die("before"))
        case "die after":
          return Effect.andThen(Effect.exit(there), die("after"))
        case "error":
          return Effect.delay(
            Effect.suspend(() => Effect.fail(failure())),
            wait,
          )
        case "lost":
          return Effect.andThen(
            Effect.exit(there),
            Effect.suspend(() => Effect.fail(failure())),
          )
        case "twice":
          return Effect.andThen(Effect.exit(there), Effect.delay(alive(effect), dice.between(50, 1_000)))
        case "ghost":
          return Effect.tap(there, world.fork(Effect.delay(Effect.exit(effect), dice.between(1, 20_000))))
        case "slow":
          return isThere
            ? Effect.delay(there, dice.between(5_000, 25_000))
            : Effect.tap(there, Effect.sleep(dice.between(5_000, 25_000)))
        default:
          return isThere ? there : Effect.tap(there, back)
      }
    })
