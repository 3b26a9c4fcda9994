import type * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"

/** The same clock on a machine that stands still again and again: whatever should wake meanwhile wakes when it goes on. */
export const stalling = (clock: Clock.Clock, every: number, random: () => number): Clock.Clock => {
  let [from, until] = [clock.currentTimeMillisUnsafe(), 0]
  const left = (): number => {
    const now = clock.currentTimeMillisUnsafe()
    if (now >= until) {
      if (until > 0) from = until
      from += every * (0.5 + random())
      until = from + 1_000 + random() * 2_000
    }
    return now < from ? 0 : Math.max(0, until - now)
  }
  return {
    ...clock,
    sleep: (duration) =>
      Effect.andThen(
        clock.sleep(duration),
        Effect.suspend(() => clock.sleep(Duration.millis(left()))),
      ),
  }
}
