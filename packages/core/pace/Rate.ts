import * as Record from "effect/Record"
import * as Schema from "effect/Schema"
import { countEvery, isLate, likely, Uncounted } from "./Uncounted.ts"

// One rate that all workers share, as the arithmetic of one small item. Turns come, so many a second. A tap takes one and
// is counted afterwards; newcomers have tickets, and go when so many turns have come that no tap has taken. Times in
// milliseconds of the workers' common clock (Shared.ts).

/** What was taken before the first refusal, from everybody who has told. */
const Cut = Schema.Struct({
  at: Schema.Finite,
  /** How many calls, within each of the spans before it (Taken.ts). */
  taken: Schema.Array(Schema.Finite),
  /** Who has told. */
  told: Schema.Array(Schema.String),
})

export const Rate = Schema.Struct({
  version: Schema.Int,
  /** When it was written. */
  at: Schema.Finite,
  /** Of the refusal that the rate follows from; 0: there was none. */
  epoch: Schema.Int,
  /** Turns a second. */
  perSecond: Schema.Finite,
  /** Turns that had come at `since`, which is in the future while the bot keeps silent. */
  come: Schema.Finite,
  since: Schema.Finite,
  /** Of these, what is left for newcomers. A silence takes some of it back, for taps. */
  free: Schema.Finite,
  /** What newcomers had used of it when the last silence began. */
  went: Schema.Finite,
  /** The last newcomer's ticket. */
  ticket: Schema.Finite,
  /** Turns that taps have taken or were promised, as far as they were counted, and those that were lost. */
  taps: Schema.Finite,
  /** When taps were last counted, and how many a second all workers have had of late. */
  flow: Schema.Tuple([Schema.Finite, Schema.Finite]),
  /** By worker. */
  uncounted: Schema.Record(Schema.String, Uncounted),
  /** The first place for a tap that waits. */
  nextTap: Schema.Finite,
  /** When the last silence ends or ended, and how many turns were used before it. */
  resumed: Schema.Tuple([Schema.Finite, Schema.Finite]),
  /** When more is tried next. */
  probeAt: Schema.Finite,
  /** How much more was tried last, as a share of the rate before; 0: it is the rate that was found. */
  step: Schema.Finite,
  /** Only while the rate follows from it. */
  cut: Schema.optionalKey(Cut),
  /** One chat that was refused: it may be that chat's limit, or everybody's. */
  suspect: Schema.optionalKey(Schema.Struct({ who: Schema.String, at: Schema.Finite })),
})
export type Rate = typeof Rate.Type

export const noRate: Rate = {
  version: 0,
  at: 0,
  epoch: 0,
  perSecond: 1,
  come: 0,
  since: 0,
  free: 0,
  went: 0,
  ticket: 0,
  taps: 0,
  flow: [0, 0],
  uncounted: {},
  nextTap: 0,
  resumed: [0, 0],
  probeAt: 0,
  step: 0,
}

/** Milliseconds. Whoever waits looks this often what the others know. */
export const lookEvery = 800

/** Turns at that rate in so many milliseconds. */
export const turnsIn = ({ perSecond }: Rate, millis: number): number => (perSecond * millis) / 1000

const passed = ({ since }: Rate, now: number): number => Math.max(0, now - since)

/** Turns that have come by then. */
export const comeBy = (rate: Rate, now: number): number =>
  rate.epoch === 0 ? 0 : rate.come + turnsIn(rate, passed(rate, now))

/** Since when it is paced at all: the end of the last silence. */
export const resumedAt = ({ resumed: [at] }: Rate): number => at

export const isSilent = (rate: Rate, now: number): boolean => now < rate.since

/** Likely taps of one worker that are not counted; 0 where it has told of none. */
export const likelyOf = (rate: Rate, who: string, now: number): number => {
  const uncounted = rate.uncounted[who]
  return uncounted === undefined ? 0 : likely(rate, uncounted, now)
}

const uncountedBy = (rate: Rate, now: number): number =>
  Object.values(rate.uncounted).reduce((sum, uncounted) => sum + likely(rate, uncounted, now), 0)

const tapsBy = (rate: Rate, now: number): number => rate.taps + uncountedBy(rate, now)

/** All together may go so many times as fast as the rate to make up for turns that nobody used. */
const catchingUp = 1.08
/** Milliseconds: turns that nobody used are kept for so long. Telegram's burst is a second's worth, and older ones are lost there. */
export const kept = 400

/**
 * Turns for newcomers that have come by then: what taps leave. What was kept for taps that did not come is theirs by and by:
 * used at once it would be too many, since Telegram does not keep what nobody used. One worker alone knows its own taps.
 */
export const freeBy = (rate: Rate, now: number): number => {
  const left = comeBy(rate, now) - tapsBy(rate, now)
  const isAlone = Object.keys(rate.uncounted).length < 2
  if (isAlone) return Math.max(rate.free, left)
  const aSecond = Math.max(0, catchingUp * rate.perSecond - rate.flow[1])
  return Math.max(rate.free, Math.min(rate.free + (aSecond * passed(rate, now)) / 1000, left))
}

/** Turns that newcomers have used, if they were there. */
export const wentBy = (rate: Rate, now: number): number => Math.min(rate.ticket, Math.max(rate.went, freeBy(rate, now)))

/** Turns that somebody was there to use, those among them that were lost. */
export const usedBy = (rate: Rate, now: number): number => wentBy(rate, now) + tapsBy(rate, now)

/** Turns that were taken or promised before they came. */
export const debtBy = (rate: Rate, now: number): number => freeBy(rate, now) + tapsBy(rate, now) - comeBy(rate, now)

/** Turns that nobody used for too long. */
const lostBy = (rate: Rate, now: number): number => Math.max(0, -debtBy(rate, now) - turnsIn(rate, kept))

/** When so many turns will have come. */
export const timeOf = (rate: Rate, place: number): number =>
  rate.since + (Math.max(0, place - rate.come) / rate.perSecond) * 1000

/** When a newcomer's ticket is as good as a turn; later, where taps take turns before it. */
export const ticketAt = (rate: Rate, ticket: number, now: number): number =>
  Math.max(now, rate.since) + ((ticket - freeBy(rate, now)) * 1000) / rate.perSecond

/** Newcomers have tickets of turns that are to come. */
export const isAwaited = (rate: Rate, now: number): boolean => rate.ticket > freeBy(rate, now)

/** The same rate, as it stands by then. */
export const upTo = (rate: Rate, now: number): Rate => ({
  ...rate,
  at: now,
  come: comeBy(rate, now),
  since: Math.max(now, rate.since),
  free: freeBy(rate, now),
  taps: rate.taps + lostBy(rate, now),
  uncounted: Record.filter(rate.uncounted, (uncounted) => !isLate(rate, uncounted, now)),
})

/** With what seemed to be taken counted as taken: nobody will count it any more. */
export const settled = (rate: Rate, now: number): Rate => ({ ...rate, taps: tapsBy(rate, now), uncounted: {} })

/** At a lower rate each tap asks: a few that came together would be too many, and writes are some fifteen a second at most. */
export const isCounted = ({ perSecond }: Rate): boolean => perSecond >= 20

/** Milliseconds: taps of so long say how many a second a worker has. */
const lately = 10_000

/** With the taps of a worker that were not counted before. What it is likely to have next follows from them and those before. */
export const counted = (rate: Rate, now: number, who: string, taps: number): Rate => {
  const [since = now, before = 0] = rate.uncounted[who] ?? []
  const millis = Math.max(now - since, 1)
  const weight = Math.exp(-millis / lately)
  const perSecond =
    since === now ? (taps * 1000) / countEvery(rate) : before * weight + ((1 - weight) * taps * 1000) / millis
  const { [who]: _, ...others } = rate.uncounted
  return {
    ...rate,
    taps: rate.taps + taps,
    flow: [now, rate.flow[1] * Math.exp(-Math.max(0, now - rate.flow[0]) / lately) + (taps * 1000) / lately],
    uncounted: perSecond < 0.05 || !isCounted(rate) ? others : { ...others, [who]: [rate.since, perSecond] },
  }
}
