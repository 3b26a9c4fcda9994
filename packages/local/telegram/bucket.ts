export interface Rate {
  readonly perSecond: number
  /** How many fit at once: one at least, or none ever would. */
  readonly burst: number
}

export type Bucket = ReturnType<typeof makeBucket>

/** So many at once, and from then on so many a second. Times in milliseconds. */
export const makeBucket = (rate: Rate) => {
  const { perSecond } = rate
  const burst = Math.max(1, rate.burst)
  let [level, since] = [burst, Number.NEGATIVE_INFINITY]
  const fill = (now: number): void => {
    level = Math.min(burst, level + (Math.max(0, now - since) / 1000) * perSecond)
    since = now
  }
  return {
    fits: (now: number): boolean => {
      fill(now)
      return level >= 1
    },
    /** May leave it in debt, but never for longer than a second's worth. */
    take: (now: number): void => {
      fill(now)
      level = Math.max(-perSecond, level - 1)
    },
    secondsLeft: (now: number): number => {
      fill(now)
      return Math.max(1, Math.ceil((1 - level) / perSecond))
    },
  }
}
