import * as Schema from "effect/Schema"

// Taps that went unasked, until their worker counts them for all: how many they are likely to be. Times in milliseconds of
// the workers' common clock.

/** Since when a worker's taps are not counted yet, after the silence where there is one; and how many a second are likely. */
export const Uncounted = Schema.Tuple([Schema.Finite, Schema.Finite])
type Uncounted = typeof Uncounted.Type

/** Turns a second. */
interface Paced {
  readonly perSecond: number
}

/**
 * Milliseconds within which a worker counts its taps for all. At a low rate sooner, or chance alone would be too much for
 * Telegram: it takes about a second's worth more, and what is not counted yet may differ from what is expected by that.
 */
export const countEvery = ({ perSecond }: Paced): number => Math.min(6_000, Math.max(1_000, perSecond * 200))

/** So many taps are counted for all before it is time to do so. */
export const many = 16

/** When a worker with so many taps a second counts again, in milliseconds from when it last did. */
const dueIn = (rate: Paced, perSecond: number): number => Math.min(countEvery(rate), (many * 1000) / perSecond)

/** A worker that has not counted for four times as long had no taps since, or is dead. */
export const isLate = (rate: Paced, [since, perSecond]: Uncounted, now: number): boolean =>
  now - since > 4 * dueIn(rate, perSecond)

/**
 * Taps that a worker is likely to have had since it last counted. From twice as long on it had fewer than it used to, and is
 * believed to have had the fewer the later it is: let go all at once, they would be as many newcomers at once.
 */
export const likely = (rate: Paced, [since, perSecond]: Uncounted, now: number): number => {
  const due = dueIn(rate, perSecond)
  const late = Math.max(0, (now - since) / due - 2)
  return ((perSecond * Math.max(0, Math.min(now - since, due))) / 1000) * Math.max(0, 1 - late / 2)
}
