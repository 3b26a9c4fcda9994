import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Record from "effect/Record"
import type { Lane, Turn } from "../services/Pace.ts"
import type { Iso } from "../Time.ts"

export interface Waiter {
  readonly arrivedAt: Iso
  readonly turn: Deferred.Deferred<Turn>
  /** Done when it is to work for all who wait. */
  readonly lead: Deferred.Deferred<void>
}

const all = ["tap", "arrival", "reach"] as const

/** Who waits in this process, in each lane by arrival. */
export const makeWaiting = () => {
  const lanes: Record.ReadonlyRecord<Lane, Array<Waiter>> = { tap: [], arrival: [], reach: [] }
  return {
    size: (lane: Lane): number => lanes[lane].length,
    sizes: (): Readonly<{ [lane in Lane]: number }> => Record.map(lanes, ({ length }) => length),
    first: (): Waiter | undefined => lanes.tap[0] ?? lanes.arrival[0] ?? lanes.reach[0],
    join: (lane: Lane, waiter: Waiter): void => {
      const later = lanes[lane].findIndex(({ arrivedAt }) => arrivedAt > waiter.arrivedAt)
      lanes[lane].splice(later === -1 ? lanes[lane].length : later, 0, waiter)
    },
    leave: (lane: Lane, waiter: Waiter): void => {
      const at = lanes[lane].indexOf(waiter)
      if (at !== -1) lanes[lane].splice(at, 1)
    },
    releaseAll: (turnOf: (lane: Lane) => Turn): Effect.Effect<void> =>
      Effect.forEach(
        all.flatMap((lane) => lanes[lane].splice(0).map(({ turn }) => [turn, turnOf(lane)] as const)),
        ([waits, turn]) => Deferred.succeed(waits, turn),
        { discard: true },
      ),
    /** Lets the first of a lane go. */
    release: (lane: Lane, turn: Turn): Effect.Effect<void> => {
      const waiter = lanes[lane].shift()
      return waiter === undefined ? Effect.void : Effect.asVoid(Deferred.succeed(waiter.turn, turn))
    },
  }
}
