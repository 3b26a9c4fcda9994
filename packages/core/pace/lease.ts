import {
  comeBy,
  counted,
  debtBy,
  freeBy,
  isAwaited,
  isCounted,
  kept,
  type Rate,
  ticketAt,
  timeOf,
  turnsIn,
  upTo,
} from "./Rate.ts"

/** Turns that a worker asks for. */
export interface Wish {
  /** For taps that wait. */
  readonly taps: number
  readonly newcomers: number
  /** For what nobody has asked for. */
  readonly reach: number
  /** Taps that have gone without asking. */
  readonly gone: number
  /** Calls that were made without a turn, since this worker did not know of the rate. */
  readonly unpaced: number
  /** By how many turns the taps may be early. */
  readonly early: number
}

export interface Lease {
  readonly rate: Rate
  /** Places on the line of all turns. */
  readonly taps: ReadonlyArray<number>
  readonly reach: ReadonlyArray<number>
  /** The newcomers' tickets. */
  readonly tickets: ReadonlyArray<number>
}

/** Turns that newcomers did not want are kept for them for so long, in milliseconds. */
const idle = 100
/** Milliseconds: a line of taps is one that is so long, and that was seen so lately. */
const [queued, fresh] = [100, 2_000]
/** Milliseconds by which taps may be early, all together. */
const soon = 400

/** By how many turns taps may be early. */
export const allowance = (rate: Rate): number => (isCounted(rate) ? turnsIn(rate, soon) : 0)

/** A tap may go unasked: hardly anybody was early, and it is counted later. */
export const isCalm = (rate: Rate, now: number): boolean => debtBy(rate, now) < allowance(rate)

/** When it was written, taps stood in line for their places. */
export const isQueued = (rate: Rate, now: number): boolean =>
  rate.nextTap - rate.come > Math.max(2, turnsIn(rate, queued)) && now - rate.at < fresh

/** How many of those that nobody has asked for may go: none while newcomers wait or taps are early. */
export const roomBy = (rate: Rate, now: number): number =>
  isAwaited(rate, now) || debtBy(rate, now) > 0 ? 0 : Math.ceil(rate.perSecond / 2)

export const leased = (
  before: Rate,
  now: number,
  who: string,
  { early, gone, newcomers, reach, taps, unpaced }: Wish,
): Lease => {
  const rate = counted(upTo(before, now), now, who, gone + taps)
  // Places that are older would be dropped before they are used.
  const spare = Math.min(early + taps - debtBy(rate, now), turnsIn(rate, kept))
  const first = Math.max(rate.nextTap, comeBy(rate, now) - spare)
  const many = taps + reach
  const places = Array.from({ length: many }, (_, index) => first + index + 1)
  const ticket = Math.max(rate.ticket, freeBy(rate, now) - Math.max(1, turnsIn(rate, idle)))
  return {
    rate: {
      ...rate,
      taps: rate.taps + reach + unpaced,
      nextTap: many > 0 ? first + many : rate.nextTap,
      ticket: newcomers > 0 ? ticket + newcomers : rate.ticket,
    },
    taps: places.slice(0, taps),
    reach: places.slice(taps),
    tickets: Array.from({ length: newcomers }, (_, index) => ticket + index + 1),
  }
}

/** Milliseconds until the first of these turns may be used. Nobody waits where there are none. */
export const waitOf = ({ rate, reach, taps, tickets }: Lease, now: number): number => {
  const [place = Number.POSITIVE_INFINITY] = [...taps, ...reach]
  const [ticket = Number.POSITIVE_INFINITY] = tickets
  const first = Math.min(timeOf(rate, place), ticketAt(rate, ticket, now))
  return Number.isFinite(first) ? Math.max(0, first - now) : 0
}
