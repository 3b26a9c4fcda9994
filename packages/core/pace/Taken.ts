/** Milliseconds before a refusal. Of each it is asked how many calls were taken, since a rush may have begun in any of them. */
export const spans = [
  100, 200, 300, 450, 600, 800, 1_000, 1_300, 1_600, 2_000, 2_500, 3_000, 4_000, 5_000, 6_500, 8_000, 10_000, 13_000,
  16_000, 20_000, 25_000, 30_000,
] as const
/** A refusal is told of within seconds. */
const kept = 40_000
/** Milliseconds. Of calls that begin within so long Telegram may see the later first: of no matter where the span is short. */
const unordered = 150
/** A shorter span says something only of calls before one's own refusal: those of several workers may not have been in it together. */
const short = 450
/** By so much a moment that others tell of may seem too late, in milliseconds. */
const hearsay = 30_000

/**
 * When calls began without a turn that were not refused, as far as a refusal can ask for it. Those that are not answered
 * yet count: what Telegram takes is answered late, a file by URL after seconds, and what it refuses at once.
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
    /** How many began after that moment. */
    after: (moment: number): number => times.filter((at) => at > moment).length,
    /**
     * When the last one by then began, if that is not long ago. A worker that was not refused itself takes the moment for
     * too late by as much as what it first read was old, a silence or two; and in a rush all call until they hear of it.
     */
    lastBefore: (moment: number): number => {
      const last = times.findLast((at) => at <= moment)
      return last !== undefined && moment - last < hearsay ? last : moment
    },
    /** How many in each of the spans before that moment, which is that of an own refusal, or what others tell of. */
    before: (moment: number, isOwn = true): ReadonlyArray<number> =>
      spans.map((span) => {
        if (span < short && !isOwn) return 0
        const until = span < short ? moment : moment + unordered
        return times.filter((at) => at > moment - span && at <= until).length
      }),
  }
}
