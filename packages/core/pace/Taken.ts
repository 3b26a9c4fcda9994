/** Milliseconds: a refusal is told of within a second or so, and asks for the three seconds before it. */
const kept = 6_000

/** When calls were taken, as far as a refusal can ask for it. */
export const makeTaken = () => {
  let times: Array<number> = []
  return {
    add: (now: number): void => {
      if (times.length > 0 && now - (times[0] ?? now) > 2 * kept) times = times.filter((at) => now - at < kept)
      times.push(now)
    },
    /** How many in the second, and in the three seconds, before that moment. */
    before: (moment: number) => {
      const within = (millis: number): number => times.filter((at) => at > moment - millis && at <= moment).length
      return { one: within(1_000), three: within(3_000) }
    },
  }
}
