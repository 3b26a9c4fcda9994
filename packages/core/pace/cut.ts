import * as Arr from "effect/Array"
import * as Record from "effect/Record"
import { debtBy, freeBy, kept, lookEvery, type Rate, settled, turnsIn, upTo, usedBy, wentBy } from "./Rate.ts"
import { spans } from "./Taken.ts"

// How the rate is found. Whatever Telegram counts by, what it took before it refused says how much it takes. Times in
// milliseconds of the workers' common clock, rates in turns a second.

/**
 * A little below what was taken, so that chance alone is not refused: by how much, where that was seen for seconds only, and
 * where the rate had held for longer.
 */
const margin = { early: 0.95, late: 0.98 }
/** Milliseconds: a rate that was refused only after so long is near to the limit. */
const sure = 10_000
/** Telegram takes about a second's worth more after a silence, and that much too much was taken before it refused. */
const burst = 1_000
/** A refusal this soon after a silence has met with that burst, or with none: it says little, and so much is taken off. */
const soon = { millis: 1_000, less: 0.7 }
/** One refusal takes off no more than this, once the rate is found; and this, where it had held so long that it was chance. */
const less = { found: 0.94, held: 0.995, sure: 60_000 }
/**
 * The limit differs by the hour, and was found from little. So a little more than it seems to be is tried, for as long as
 * Telegram's burst could hide that it is too much; where that is taken, the limit is elsewhere, and the next step is twice
 * as large, up to `most`. First soon, later rarely, since each refusal costs everybody a silence: after a large step that
 * was refused sooner than after a small one, since that leaves more unknown.
 */
const steps = { found: 0.02, refused: 0.015, most: 0.06 }
/** Milliseconds until more is tried for the first time; and later, divided by the step that was refused. */
const [untried, doubt] = [20_000, 10_000]
/** Milliseconds: more is tried only where turns are waited for for so long. */
const awaited = 300

/** Refusals of two chats within this mean everybody. Where turns are waited for, it is likely in any case. */
const together = { free: 1_500, paced: 5_000 }
/** After this long without a refusal the rate says nothing any more. */
export const calm = 5 * 60_000

export interface Refusal {
  /** The chat that was refused. */
  readonly who: string
  /** Of the rate by which the call was made; 0: it was not paced. */
  readonly epoch: number
  /** When the call was made. */
  readonly at: number
  /** Milliseconds for which Telegram takes nothing. */
  readonly silence: number
}

/** After one chat was refused: suspected, or cut where another was just before. Undefined: it is known already. */
export const refusedBy = (rate: Rate, now: number, refusal: Refusal): Rate | undefined => {
  const { epoch, who } = refusal
  const isKnown = epoch > 0 || now - rate.since < calm
  if (rate.epoch > epoch && isKnown) return undefined
  const { suspect } = rate
  const within = epoch > 0 ? together.paced : together.free
  if (suspect === undefined || suspect.who === who || now - suspect.at > within) {
    return { ...rate, suspect: { who, at: now } }
  }
  return cutBy(rate, now, refusal)
}

/** After a refusal that means everybody: silence, and then less. Who was not paced has to tell what was taken. */
const cutBy = (rate: Rate, now: number, refusal: Refusal): Rate => {
  const { at, epoch, silence } = refusal
  const perSecond = slower(rate, at)
  const { suspect: _, cut: __, ...then } = rested({ ...settled(upTo(rate, now), now), perSecond }, now)
  const since = now + silence
  // Taps that wait go first when it is over, by the burst that Telegram takes then. Newcomers make up for it.
  const nextTap = then.come - turnsIn(then, kept)
  return {
    ...then,
    ...(epoch > 0 ? { nextTap } : untold(at)),
    epoch: rate.epoch + 1,
    since,
    resumed: [since, usedBy(then, now)],
    probeAt: since + (isUntried(rate, refusal) ? untried : doubt / (rate.step || steps.refused)),
    step: 0,
  }
}

/**
 * In a silence Telegram makes up for taps that were early, and those that wait ask anew. The first turns after it are
 * theirs: what they have asked for is known to newcomers' workers only a moment later.
 */
const rested = (rate: Rate, now: number): Rate => {
  const went = wentBy(rate, now)
  const free = went - turnsIn(rate, lookEvery)
  return { ...rate, went, free, taps: rate.come - free }
}

/** Refused before more was tried, where it was to be soon. */
const isUntried = ({ probeAt, resumed, step }: Rate, { at, epoch }: Refusal): boolean =>
  epoch === 0 || at - resumed[0] < sure || (step === 0 && probeAt - resumed[0] <= untried)

/** Until what was taken is told. */
const untold = (at: number) => ({ perSecond: margin.early, cut: { at, taken: spans.map(() => 0), told: [] } })

/**
 * What so many calls in so many milliseconds before a refusal say of the limit. Of no span were more taken than the limit
 * and that burst, and just so many of the one at whose beginning the burst was there in full; so the most that any says.
 */
const limitOf = (used: ReadonlyArray<readonly [calls: number, millis: number]>): number =>
  Math.max(...used.map(([calls, millis]) => ((calls + 1) * 1000) / (millis + burst)))

/**
 * After a refusal: a little below what was used. A rate that was found so already is not given up for one refusal: a few
 * turns may have come together.
 */
const slower = (rate: Rate, at: number): number => {
  const { epoch, perSecond, resumed, step } = rate
  // The step before it, half as large, may have been too much already: the burst hid it.
  if (step > 0) return (perSecond / (1 + step) / (1 + step / 4)) * less.held
  const millis = at - resumed[0]
  const seen = limitOf([[usedBy(rate, at) - resumed[1], millis]])
  // It may have been found only since the silence, and fewer turns have come. But the burst hides no more than this.
  const held = millis < sure ? 0 : (perSecond * millis) / (millis + burst)
  const limit = millis < soon.millis ? perSecond * soon.less : Math.min(perSecond, Math.max(seen, held))
  const least = epoch > 2 ? perSecond * (millis < less.sure ? less.found : less.held) : 1
  return Math.max(limit * (millis < sure ? margin.early : margin.late), least)
}

/** Undefined: it is silent for about as long already. */
export const silentUntil = (rate: Rate, now: number, until: number): Rate | undefined => {
  if (until < rate.since + 1_000) return undefined
  const uncounted = Record.map(rate.uncounted, ([, perSecond]) => [until, perSecond] as const)
  const then = { ...upTo(rate, now), uncounted }
  return { ...then, since: until, resumed: [until, usedBy(then, now)] }
}

/** With what another worker had taken before the refusal. */
export const toldBy = (rate: Rate, now: number, who: string, taken: ReadonlyArray<number>): Rate | undefined => {
  if (rate.cut === undefined || rate.cut.told.includes(who)) return undefined
  const sum = Arr.zipWith(rate.cut.taken, taken, (one, other) => one + other)
  const cut = { ...rate.cut, taken: sum, told: [...rate.cut.told, who] }
  // Who tells late takes no more back than that: a little more may be tried already.
  const found = Math.max(1, limitOf(Arr.zip(sum, spans))) * margin.early
  return { ...upTo(rate, now), cut, perSecond: Math.max(rate.perSecond, found) }
}

/** More, where it is time to try and turns are waited for. */
export const probed = (rate: Rate, now: number): Rate => {
  if (rate.epoch === 0 || now < rate.probeAt) return rate
  const waits = Math.max(0, rate.ticket - freeBy(rate, now)) + debtBy(rate, now)
  if (waits < turnsIn(rate, awaited)) return rate
  const first = steps[rate.cut === undefined ? "refused" : "found"]
  const step = rate.step === 0 ? first : Math.min(2 * rate.step, steps.most)
  return { ...upTo(rate, now), perSecond: rate.perSecond * (1 + step), step, probeAt: now + (1.2 * burst) / step }
}
