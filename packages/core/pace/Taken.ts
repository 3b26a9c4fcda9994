/** Milliseconds before a refusal. Of each it is asked how many calls were taken, since a rush may have begun in any of them. */
export const spans = [
  100, 200, 300, 450, 600, 800, 1_000, 1_300, 1_600, 2_000, 2_500, 3_000, 4_000, 5_000, 6_500, 8_000, 10_000, 13_000,
  16_000, 20_000, 25_000, 30_000,
] as const
/** A refusal is told of within seconds. */
const kept = 40_000

/**
 * When calls began that were not refused, as far as a refusal can ask for it. Those that are not answered yet count: what
 * Telegram takes is answered late, a file by URL after seconds, and what it refuses at once.
 */
export const makeTaken = () => {
  let times: Array<number> = []
  return {
    add: (now: number): void => {
      if (times.length > 0 && now - (times[0] ?? now) > 2 * kept) times = times.filter((at) => now - at < kept)
      times.push(now)
    },
    /** It was refused. */
    remove: (at: number): void => {
      const index = times.lastIndexOf(at)
      if (index !== -1) times.splice(index, 1)
    },
    /** How many in each of the spans before that moment. */
    before: (moment: number): ReadonlyArray<number> =>
      spans.map((span) => times.filter((at) => at > moment - span && at <= moment).length),
  }
}
