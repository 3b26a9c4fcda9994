import * as Arr from "effect/Array"
import { allowance } from "./lease.ts"
import { debtBy, freeBy, type Rate, resumedAt, settled, turnsIn, upTo, usedBy } from "./Rate.ts"
import { spans } from "./Taken.ts"

// How the rate is found. Whatever Telegram counts by, what it took before it refused says how much it takes. Times in
// milliseconds of the workers' common clock, rates in turns a second.

/**
 * A little below what was taken, so that chance alone is not refused: by how much, where workers have told what was taken,
 * where the rate was refused within seconds, and where it had held for longer.
 */
const margin = { told: 0.95, early: 0.92, late: 0.98 }
/** Milliseconds: a rate that was refused only after so long is near to the limit. */
const sure = 10_000
/** Telegram takes about a second's worth more after a silence, and that much too much was taken before it refused. */
const burst = 1_000
/** A refusal this soon after a silence has met with that burst, or with none: it says little, and so much is taken off. */
const soon = { millis: 1_000, less: 0.7 }
/** The limit is near where a refusal takes off no more than this. */
const near = 0.85
/** One refusal takes off no more than this, once the rate is found. */
const step = 0.94
/**
 * The limit differs by the hour, and was found from little. So a little more than it seems to be is tried, for as long as
 * Telegram's burst could hide that it is too much; where that is taken, the limit is elsewhere, and the steps grow. First
 * soon, then later, and rarely where the limit is near: each refusal costs everybody a silence.
 */
const probe = { found: 20_000, refused: 60_000, near: 900_000, waited: 300 }
const steps = [
  { more: 1.04, millis: 30_000 },
  { more: 1.08, millis: 15_000 },
  { more: 1.12, millis: 10_000 },
] as const
/** So many of the last steps, and the first, are remembered. */
const kept = 2
const stepOf = (tried: number) => steps[Math.min(tried, steps.length - 1)] ?? steps[0]

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
    return { ...upTo(rate, now), suspect: { who, at: now } }
  }
  return cutBy(rate, now, refusal)
}

/** After a refusal that means everybody: silence, and then less. Who was not paced has to tell what was taken. */
const cutBy = (rate: Rate, now: number, { at, epoch, silence }: Refusal): Rate => {
  const { suspect: _, cut: __, ...then } = settled(upTo(rate, now), now)
  const since = now + silence
  const perSecond = slower(rate, at)
  // Taps that wait go first when it is over, by the burst that Telegram takes then. Newcomers make up for it.
  const nextTap = then.come - allowance({ ...then, perSecond })
  return {
    ...then,
    ...(epoch > 0 ? { perSecond, nextTap } : untold(now)),
    epoch: rate.epoch + 1,
    since,
    raised: [[since, usedBy(rate, now)]],
    probeAt: since + (epoch === 0 ? probe.found : perSecond > rate.perSecond * near ? probe.near : probe.refused),
  }
}

const isProbe = ({ raised }: Rate): boolean => raised.length > 1

/** Until what was taken is told. */
const untold = (now: number) => ({ perSecond: margin.told, cut: { at: now, taken: spans.map(() => 0), told: [] } })

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
  const { epoch, perSecond, raised } = rate
  const used = usedBy(rate, at)
  const millis = at - resumedAt(rate)
  const seen = limitOf(raised.map(([from, before]) => [used - before, at - from]))
  const limit = millis < soon.millis ? perSecond * soon.less : Math.min(perSecond, seen)
  const least = epoch > 2 && !isProbe(rate) ? perSecond * step : 0
  return Math.max(limit * (millis < sure ? margin.early : margin.late), least)
}

/** Undefined: it is silent for about as long already. */
export const silentUntil = (rate: Rate, now: number, until: number): Rate | undefined =>
  until < rate.since + 1_000 ? undefined : { ...upTo(rate, now), since: until, raised: [[until, usedBy(rate, now)]] }

/** With what another worker had taken before the refusal. */
export const toldBy = (rate: Rate, now: number, who: string, taken: ReadonlyArray<number>): Rate | undefined => {
  if (rate.cut === undefined || rate.cut.told.includes(who)) return undefined
  const sum = Arr.zipWith(rate.cut.taken, taken, (one, other) => one + other)
  const cut = { ...rate.cut, taken: sum, told: [...rate.cut.told, who] }
  return { ...upTo(rate, now), cut, perSecond: Math.max(1, limitOf(Arr.zip(sum, spans))) * margin.told }
}

/** More, where it is time to try and turns are waited for. */
export const probed = (rate: Rate, now: number): Rate => {
  if (rate.epoch === 0 || now < rate.probeAt) return rate
  const waits = Math.max(0, rate.ticket - freeBy(rate, now)) + debtBy(rate, now)
  if (waits < turnsIn(rate, probe.waited)) return rate
  const { perSecond, raised } = rate
  const { millis, more } = stepOf(raised.length - 1)
  return {
    ...upTo(rate, now),
    perSecond: perSecond * more,
    raised: [raised[0], ...raised.slice(1).slice(-kept), [now, usedBy(rate, now)]],
    probeAt: now + millis,
  }
}
