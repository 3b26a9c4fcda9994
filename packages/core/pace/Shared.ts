import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { Settings } from "../services/Settings.ts"
import { noRate, Rate } from "./Rate.ts"

/** Between two who write at once one has to try again; after so many times something else is wrong. */
const tries = 6

const decode = Schema.decodeUnknownOption(Rate)

/**
 * The rate as one small item among the settings, and a clock for all who share it: the fastest that anybody has heard of.
 * What a difference of clocks would waste is over with the first look at the item.
 */
export const makeShared = (settings: Settings["Service"], key: string) => {
  let ahead = 0
  const now = Effect.map(Clock.currentTimeMillis, (millis) => millis + ahead)

  /** Undefined where there is none yet, or none that this version understands. */
  const read = Effect.gen(function* () {
    const found = Option.flatMap(yield* settings.get(key), decode)
    const millis = yield* Clock.currentTimeMillis
    if (Option.isSome(found)) ahead = Math.max(ahead, found.value.at - millis)
    return Option.getOrUndefined(found)
  })

  /** Undefined: what was to be changed is not so any more. */
  const change = Effect.fnUntraced(function* (to: (rate: Rate, now: number) => Rate | undefined) {
    for (let left = tries; left > 0; left--) {
      const before = yield* read
      const at = yield* now
      const after = to(before ?? noRate, at)
      if (after === undefined) return undefined
      const value = { ...after, at, version: (before?.version ?? 0) + 1 }
      if (yield* settings.swap({ key, before: before?.version, value })) return value
    }
    return yield* Effect.as(Effect.logWarning("the pace could not be written: too many do so at once"), undefined)
  })

  /** The same moment by this worker's own clock, which says the same before and after it has heard of a faster one. */
  const own = (moment: number): number => moment - ahead

  return { now, own, read, change }
}
