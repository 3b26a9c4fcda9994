import * as Record from "effect/Record"
import * as Schema from "effect/Schema"

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
  /** Of these, what was left for newcomers. */
  free: Schema.Finite,
  /** The last newcomer's ticket. */
  ticket: Schema.Finite,
  /** Turns that taps have taken or were promised, as far as they were counted. */
  taps: Schema.Finite,
  /** By worker, since when its taps are not counted yet, and how many a second they are likely to be. */
  uncounted: Schema.Record(Schema.String, Schema.Tuple([Schema.Finite, Schema.Finite])),
  /** The first place for a tap that waits. */
  nextTap: Schema.Finite,
  /** Since when it is paced by it, and since when by a little more each time; how many turns were used before each. */
  raised: Schema.NonEmptyArray(Schema.Tuple([Schema.Finite, Schema.Finite])),
  /** When more is tried next. */
  probeAt: Schema.Finite,
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
  ticket: 0,
  taps: 0,
  uncounted: {},
  nextTap: 0,
  raised: [[0, 0]],
  probeAt: 0,
}

/** Turns at that rate in so many milliseconds. */
export const turnsIn = ({ perSecond }: Rate, millis: number): number => (perSecond * millis) / 1000

const passed = ({ since }: Rate, now: number): number => Math.max(0, now - since)

/** Turns that have come by then. */
export const comeBy = (rate: Rate, now: number): number =>
  rate.epoch === 0 ? 0 : rate.come + turnsIn(rate, passed(rate, now))

/** Since when it is paced at all: the end of the last silence. */
export const resumedAt = ({ raised: [[at]] }: Rate): number => at

export const isSilent = (rate: Rate, now: number): boolean => now < rate.since

/**
 * Milliseconds within which a worker counts its taps for all. At a low rate sooner, or chance alone would be too much for
 * Telegram: it takes about a second's worth more, and what is not counted yet may differ from what is expected by that.
 */
export const countEvery = ({ perSecond }: Rate): number => Math.min(5_000, Math.max(1_000, perSecond * 170))

/** A worker that has not counted for twice as long had no taps since, or is dead. */
const isLate = (rate: Rate, since: number, now: number): boolean => now - since > 2 * countEvery(rate)

const uncountedBy = (rate: Rate, now: number): number =>
  Object.values(rate.uncounted)
    .filter(([since]) => !isLate(rate, since, now))
    .reduce(
      (sum, [since, perSecond]) => sum + (perSecond * Math.min(countEvery(rate), Math.max(0, now - since))) / 1000,
      0,
    )

const tapsBy = (rate: Rate, now: number): number => rate.taps + uncountedBy(rate, now)

/** Turns for newcomers that have come by then: what taps leave. */
export const freeBy = (rate: Rate, now: number): number => Math.max(rate.free, comeBy(rate, now) - tapsBy(rate, now))

/** Turns that somebody was there to use. */
export const usedBy = (rate: Rate, now: number): number => Math.min(rate.ticket, freeBy(rate, now)) + tapsBy(rate, now)

/** Turns that were taken or promised before they came. */
export const debtBy = (rate: Rate, now: number): number => freeBy(rate, now) + tapsBy(rate, now) - comeBy(rate, now)

/** When so many turns will have come. */
export const timeOf = (rate: Rate, place: number): number =>
  rate.since + (Math.max(0, place - rate.come) / rate.perSecond) * 1000

/** Newcomers have tickets of turns that are to come. */
export const isAwaited = (rate: Rate, now: number): boolean => rate.ticket > freeBy(rate, now)

/** The same rate, as it stands by then. */
export const upTo = (rate: Rate, now: number): Rate => ({
  ...rate,
  at: now,
  come: comeBy(rate, now),
  since: Math.max(now, rate.since),
  free: freeBy(rate, now),
  uncounted: Record.filter(rate.uncounted, ([since]) => !isLate(rate, since, now)),
})

/** With what seemed to be taken counted as taken: nobody will count it any more. */
export const settled = (rate: Rate, now: number): Rate => ({ ...rate, taps: tapsBy(rate, now), uncounted: {} })

/** At a lower rate each tap asks: a few that came together would be too many, and writes are few in any case. */
export const isCounted = ({ perSecond }: Rate): boolean => perSecond >= 12

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
    uncounted: perSecond < 0.05 || !isCounted(rate) ? others : { ...others, [who]: [now, perSecond] },
  }
}
