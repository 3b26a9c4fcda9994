import type { Came } from "@concierge/core/attribution/Counted.ts"
import type { Dice } from "../simulator/chance.ts"

export interface Placement {
  readonly payload: string
  readonly came: Came
  /** As a report names it by link: the link's id, or the code; none where it is not understood. */
  readonly link: string
  readonly campaign: string
  readonly source: string
}

export type Deed =
  | { readonly _tag: "Start"; readonly by: Placement }
  | { readonly _tag: "Tap"; readonly data: string }
  | { readonly _tag: "Restart" }
  | { readonly _tag: "Forget" }

/** What somebody is going to do: most go to the end, some come again by another link, begin anew, or have themselves deleted. */
export const lifeOf = (dice: Dice, placements: ReadonlyArray<Placement>): ReadonlyArray<Deed> => {
  const start = (): Deed => ({ _tag: "Start", by: dice.of(placements) })
  const taps: ReadonlyArray<Deed> = [
    { _tag: "Tap", data: "play_audio" },
    { _tag: "Tap", data: "finish" },
  ]
  const goes = (): ReadonlyArray<Deed> =>
    taps.slice(0, dice.weighed([[2, 6] as const, [1, 2] as const, [0, 2] as const]))
  const comes = (): ReadonlyArray<Deed> => [
    start(),
    ...(dice.is(0.1) ? [start()] : []),
    ...goes(),
    ...(dice.is(0.15) ? [start()] : []),
  ]
  return [
    ...comes(),
    ...(dice.is(0.15) ? [{ _tag: "Restart" } as const, start(), ...goes()] : []),
    ...(dice.is(0.08) ? [{ _tag: "Forget" } as const, ...(dice.is(0.5) ? comes() : [])] : []),
  ]
}
