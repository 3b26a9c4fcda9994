import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Random from "effect/Random"
import * as Schema from "effect/Schema"
import type { Settings } from "../services/Settings.ts"
import { noRate, Rate } from "./Rate.ts"

/** Between two who write at once one has to try again; after so many times something else is wrong. */
const tries = 8
/** Milliseconds that they wait before, at most, so that they are not two again. */
const apart = 30
/** Milliseconds. An item that seems older is from another day: clocks do not differ by as much. */
const fromAnotherDay = 60_000

const decode = Schema.decodeUnknownOption(Rate)
const decodeVersion = Schema.decodeUnknownOption(Schema.Struct({ version: Schema.Int }))

/**
 * The rate as one small item among the settings, and a clock for all who share it. Nobody's own clock is believed: each
 * look tells a worker how much later than by its own it is at least, and whoever writes goes by what it has learnt.
 */
export const makeShared = (settings: Settings["Service"], key: string) => {
  let ahead: number | undefined
  const now = Effect.map(Clock.currentTimeMillis, (millis) => millis + (ahead ?? 0))

  const heard = (rate: Rate, millis: number): Rate => {
    const later = rate.at - millis
    if (ahead === undefined && later < -fromAnotherDay) return { ...noRate, version: rate.version }
    ahead = Math.max(ahead ?? later, later)
    return rate
  }

  /** Undefined where there is none yet. One that this version does not understand is replaced. */
  const read = Effect.gen(function* () {
    const found = yield* settings.get(key)
    const version = Option.flatMap(found, decodeVersion)
    if (Option.isNone(version)) return undefined
    const rate = Option.getOrElse(Option.flatMap(found, decode), () => ({ ...noRate, ...version.value }))
    return heard(rate, yield* Clock.currentTimeMillis)
  })

  /** Undefined: what was to be changed is not so any more. */
  const change = Effect.fnUntraced(function* (to: (rate: Rate, now: number) => Rate | undefined) {
    for (let left = tries; left > 0; left--) {
      const before = yield* read
      const at = Math.max(yield* now, before?.at ?? 0)
      const after = to(before ?? noRate, at)
      if (after === undefined) return undefined
      const value = { ...after, at, version: (before?.version ?? 0) + 1 }
      if (yield* settings.swap({ key, before: before?.version, value })) {
        ahead ??= 0
        return value
      }
      yield* Effect.sleep((yield* Random.next) * apart)
    }
    return yield* Effect.as(Effect.logWarning("the pace could not be written: too many do so at once"), undefined)
  })

  /** The same moment by this worker's own clock. */
  const own = (moment: number): number => moment - (ahead ?? 0)

  return { now, own, read, change }
}
