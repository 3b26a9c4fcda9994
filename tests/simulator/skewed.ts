import type * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"

/** The same clock, as a machine shows it that is off by `skew` milliseconds. */
export const skewed = (clock: Clock.Clock, skew: number): Clock.Clock => {
  const millis = Math.round(skew)
  return {
    ...clock,
    currentTimeMillisUnsafe: () => clock.currentTimeMillisUnsafe() + millis,
    currentTimeMillis: Effect.sync(() => clock.currentTimeMillisUnsafe() + millis),
  }
}
