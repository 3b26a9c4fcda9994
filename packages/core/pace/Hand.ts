import type { Lane, Turn } from "../services/Pace.ts"
import { allowance, isCalm, isQueued, type Lease, roomBy, type Wish } from "./lease.ts"
import { comeBy, freeBy, isSilent, likelyOf, type Rate, resumedAt, ticketAt, timeOf, turnsIn } from "./Rate.ts"
import { countEvery, many } from "./Uncounted.ts"

/** Milliseconds. A turn that nobody has used for so long is lost: used with others it would be too many at once. */
const stale = 500
/** A worker has so many taps more than all others expect of it, or turns of so many milliseconds, before they ask. */
const unexpected = { least: 5, millis: 100 }
/** Milliseconds after a silence in which each tap asks: it is not known how many more stand in the queue. */
const crowded = 10_000

/** The turns that this process has for those who wait, and the taps that went without asking. */
export const makeHand = (who: string) => {
  /** Places on the line of all turns; newcomers' tickets. In order. */
  const turns: Record<Lane, Array<number>> = { tap: [], arrival: [], reach: [] }
  let gone = { taps: 0, since: 0 }
  let [epoch, unpaced] = [0, 0]

  const come = (rate: Rate, lane: Lane, at: number): number =>
    lane === "arrival" ? freeBy(rate, at) : comeBy(rate, at)

  const isDue = (rate: Rate, at: number): boolean =>
    gone.taps >= many ||
    (gone.taps > 0 && at - gone.since >= (rate.uncounted[who] === undefined ? 1_000 : countEvery(rate)))

  /** Taps ask: nobody knows how many more there are, or some wait for their places. */
  const isCrowded = (rate: Rate, at: number): boolean => at < resumedAt(rate) + crowded || isQueued(rate, at)

  /** More have gone than newcomers make room for. */
  const isUnexpected = (rate: Rate, at: number): boolean =>
    gone.taps - likelyOf(rate, who, at) >= Math.max(unexpected.least, turnsIn(rate, unexpected.millis))

  return {
    /**
     * After a silence all but newcomers ask anew, since turns from before would all be used at once. `called`: how many calls
     * this worker made without a turn after a moment. Those since the silence ended are counted, as long as that is not long
     * ago: later Telegram has made up for them.
     */
    begin: (rate: Rate, at: number, called: (after: number) => number): void => {
      if (rate.epoch === epoch) return
      epoch = rate.epoch
      gone = { taps: 0, since: 0 }
      const resumed = resumedAt(rate)
      unpaced = at < resumed + crowded ? Math.min(called(resumed), many) : 0
      turns.tap = []
      turns.reach = []
    },
    /** A call is made without a turn, as it was begun before this worker knew of the rate. */
    addUnpaced: (): void => {
      unpaced += 1
    },
    /** A lane's next turn, if it has come. */
    use: (rate: Rate, lane: Lane, at: number): Turn | undefined => {
      if (isSilent(rate, at)) return undefined
      const now = come(rate, lane, at)
      while ((turns[lane][0] ?? now) < now - turnsIn(rate, stale)) turns[lane].shift()
      if ((turns[lane][0] ?? Number.POSITIVE_INFINITY) > now) return undefined
      return { _tag: "Turn", at, epoch: rate.epoch, lane, place: turns[lane].shift() }
    },
    /** A tap's that need not ask for it. */
    unasked: (rate: Rate, at: number): Turn | undefined => {
      if (isCrowded(rate, at) || isUnexpected(rate, at) || !isCalm(rate, at)) return undefined
      gone = { taps: gone.taps + 1, since: gone.taps === 0 ? at : gone.since }
      return { _tag: "Turn", at, epoch: rate.epoch, lane: "tap" }
    },
    giveBack: ({ epoch: then, lane, place }: Turn): void => {
      if (then !== epoch && lane !== "arrival") return
      if (place !== undefined) turns[lane] = [place, ...turns[lane]].toSorted((one, other) => one - other)
      else gone = { ...gone, taps: Math.max(0, gone.taps - 1) }
    },
    /** What is to be asked for; undefined: nothing. */
    wish: (rate: Rate, at: number, waiting: Readonly<Record<Lane, number>>): Wish | undefined => {
      const lacks = (lane: Lane): number => Math.max(0, waiting[lane] - turns[lane].length)
      const wish = {
        taps: lacks("tap"),
        newcomers: lacks("arrival"),
        reach: Math.min(lacks("reach"), roomBy(rate, at)),
        early: allowance(rate),
      }
      return wish.taps + wish.newcomers + wish.reach > 0 || isDue(rate, at)
        ? { ...wish, gone: gone.taps, unpaced }
        : undefined
    },
    /** What was asked for. */
    take: (wish: Wish, lease: Lease): void => {
      gone = { taps: Math.max(0, gone.taps - wish.gone), since: lease.rate.at }
      unpaced = Math.max(0, unpaced - wish.unpaced)
      turns.tap.push(...lease.taps)
      turns.reach.push(...lease.reach)
      turns.arrival.push(...lease.tickets)
    },
    /** When a lane's next turn comes. */
    next: (rate: Rate, lane: Lane, at: number): number => {
      const [place = Number.POSITIVE_INFINITY] = turns[lane]
      return lane === "arrival" ? ticketAt(rate, place, at) : timeOf(rate, place)
    },
  }
}
