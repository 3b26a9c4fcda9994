import * as Schema from "effect/Schema"

// One rate that all workers share, as the arithmetic of one small item. Turns come on a line, so many a second, and each
// has its place there. Taps are given places; the other places are newcomers' slots, and their tickets are numbers of
// slots, so that a tap moves the tickets behind its place by one. No place is given so near that a worker could have
// counted on it since it looked last. Times in milliseconds of the workers' common clock (Shared.ts).

/** What was taken before the first refusal, from everybody who has told. */
const Cut = Schema.Struct({
  at: Schema.Finite,
  /** Calls taken in the second before it, and in the three seconds before it. */
  one: Schema.Finite,
  three: Schema.Finite,
  /** Who has told. */
  told: Schema.Array(Schema.String),
})

/** Taps' turns: the place of the first, and how many there are. */
const Taps = Schema.Tuple([Schema.Finite, Schema.Int])
type Taps = typeof Taps.Type

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
  /** The last slot of which there is a ticket. */
  ticket: Schema.Finite,
  /** Taps' turns whose places are known no more, and the others. */
  past: Schema.Int,
  taps: Schema.Array(Taps),
  /** The first place for a tap that waits. */
  nextTap: Schema.Finite,
  /** The rate that seems to be the limit. */
  limit: Schema.Finite,
  /** Since when it is paced by it. */
  raisedAt: Schema.Finite,
  /** When more is tried next. */
  probeAt: Schema.Finite,
  /** How often more was tried since the last refusal. */
  tried: Schema.Int,
  /** Turns a second before the last time. */
  untried: Schema.Finite,
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
  ticket: 0,
  past: 0,
  taps: [],
  nextTap: 0,
  limit: 1,
  raisedAt: 0,
  probeAt: 0,
  tried: 0,
  untried: 1,
}

/** Where newcomers wait, a tap is given no place nearer than this: a worker may not have looked for as long. */
export const notice = 1_000
/** Slots that nobody wanted are kept for so long. */
const idle = 100
/** Taps are so many places apart: all of them together leave some for newcomers. */
const apart = 1.05

const turns = ({ perSecond }: Rate, millis: number): number => (perSecond * millis) / 1000

/** Turns that have come by then. */
export const comeBy = (rate: Rate, now: number): number =>
  rate.epoch === 0 ? 0 : rate.come + turns(rate, Math.max(0, now - rate.since))

export const isSilent = (rate: Rate, now: number): boolean => now < rate.since

/** When the turn at that place comes. */
export const timeOf = (rate: Rate, place: number): number =>
  rate.since + (Math.max(0, place - rate.come) / rate.perSecond) * 1000

const tapsUpTo = ({ past, taps }: Rate, place: number): number =>
  taps.reduce((sum, [first, many]) => sum + Math.max(0, Math.min(many, Math.floor((place - first) / apart) + 1)), past)

/** Where that slot is, as far as taps are known. */
export const placeOf = (rate: Rate, ticket: number): number => {
  let place = ticket + rate.past
  for (let next = ticket + tapsUpTo(rate, place); next > place; next = ticket + tapsUpTo(rate, place)) place = next
  return place
}

/** Newcomers have tickets of places that are to come. */
export const isAwaited = (rate: Rate, now: number): boolean => placeOf(rate, rate.ticket) > comeBy(rate, now)

/** The same rate, as it stands by then. */
export const upTo = (rate: Rate, now: number): Rate => {
  const come = comeBy(rate, now)
  const isPast = ([first, many]: Taps): boolean => first + many * apart < come
  return {
    ...rate,
    at: now,
    come,
    since: Math.max(now, rate.since),
    past: rate.past + rate.taps.filter(isPast).reduce((sum, [, many]) => sum + many, 0),
    taps: rate.taps.filter((taps) => !isPast(taps)),
  }
}

/** Turns that a worker asks for. */
export interface Wish {
  /** For taps that wait. */
  readonly taps: number
  /** For taps that will come soon; none where taps stand in line already. */
  readonly expected: number
  readonly newcomers: number
}

export interface Lease {
  readonly rate: Rate
  /** Places of the taps' turns, first of those that wait. */
  readonly taps: ReadonlyArray<number>
  /** The newcomers' tickets. */
  readonly tickets: ReadonlyArray<number>
}

export const leased = (before: Rate, now: number, { expected, newcomers, taps }: Wish): Lease => {
  const rate = upTo(before, now)
  const soonest = rate.come + (isAwaited(rate, now) ? turns(rate, notice) : 0)
  const first = Math.max(rate.nextTap, soonest)
  const many = taps + (first > soonest + turns(rate, notice) ? 0 : expected)
  const ticket = Math.max(rate.ticket, rate.come - tapsUpTo(rate, rate.come) - Math.max(1, turns(rate, idle)))
  return {
    rate: {
      ...rate,
      ...(many > 0 && { taps: [...rate.taps, [first, many] as const], nextTap: first + many * apart }),
      ...(newcomers > 0 && { ticket: ticket + newcomers }),
    },
    taps: Array.from({ length: many }, (_, index) => first + index * apart),
    tickets: Array.from({ length: newcomers }, (_, index) => ticket + index + 1),
  }
}
