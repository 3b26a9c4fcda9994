import { debtBy, freeBy, type Rate, settled, turnsIn, upTo, usedBy } from "./Rate.ts"

// How the rate is found. Whatever Telegram counts by, what it took before it refused says how much it takes. Times in
// milliseconds of the workers' common clock, rates in turns a second.

/**
 * A little below what was taken, so that chance alone is not refused: by how much, where workers have told what was taken,
 * where the rate was refused within seconds, and where it had held for longer.
 */
const margin = { told: 0.96, early: 0.92, late: 0.98 }
/** Milliseconds: a rate that was refused only after so long is near to the limit. */
const sure = 10_000
/** Telegram takes about a second's worth more after a silence, and that much too much was taken before it refused. */
const burst = 1_000
/** A refusal this soon after a silence has met with that burst, or with none: it says little, and so much is taken off. */
const soon = { millis: 1_000, less: 0.7 }
/** One refusal takes off no more than this, once the rate is found. */
const step = 0.94
/**
 * The limit differs by the hour, and was found from little. So a little more than it seems to be is tried, for as long as
 * Telegram's burst could hide that it is too much; where that is taken, the limit is elsewhere, and the steps grow. First
 * soon, then later, and rarely where the limit is near: each refusal costs everybody a silence.
 */
const probe = { found: 20_000, refused: 60_000, near: 300_000, waited: 300 }
const steps = [
  { more: 1.04, millis: 30_000 },
  { more: 1.08, millis: 15_000 },
  { more: 1.12, millis: 10_000 },
] as const
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
  const isProbe = epoch > 0 && rate.tried > 0 && now < rate.probeAt
  const paced = { perSecond: isProbe ? beforeProbe(rate) : slower(rate, at) }
  return {
    ...then,
    ...(epoch > 0 ? paced : untold(now)),
    epoch: rate.epoch + 1,
    since,
    raisedAt: since,
    usedBefore: usedBy(rate, now),
    tried: 0,
    probeAt: since + (epoch === 0 ? probe.found : isProbe || at - rate.raisedAt > sure ? probe.near : probe.refused),
  }
}

/**
 * As before more was tried. After several steps, the last but one may have been too much already, and not for long enough
 * to be refused.
 */
const beforeProbe = ({ tried, untried }: Rate): number => {
  const held = tried === 1 ? undefined : stepOf(tried - 2).millis
  return held === undefined ? untried : (untried * held) / (held + burst)
}

/** Until what was taken is told. */
const untold = (now: number) => ({ perSecond: margin.told, cut: { at: now, one: 0, three: 0, told: [] } })

/**
 * After a refusal: a little below what was used in so long. A rate that was found so already is not given up for one
 * refusal: a few turns may have come together.
 */
const slower = (rate: Rate, at: number): number => {
  const { epoch, perSecond, raisedAt, usedBefore } = rate
  const millis = at - raisedAt
  const used = millis < sure ? usedBy(rate, at) - usedBefore : turnsIn(rate, millis)
  const limit = millis < soon.millis ? perSecond * soon.less : Math.min(perSecond, (used * 1000) / (millis + burst))
  return Math.max(limit * (millis < sure ? margin.early : margin.late), epoch > 2 ? perSecond * step : 0)
}

/** Undefined: it is silent for about as long already. */
export const silentUntil = (rate: Rate, now: number, until: number): Rate | undefined =>
  until < rate.since + 1_000 ? undefined : { ...upTo(rate, now), since: until, raisedAt: until }

export interface Taken {
  readonly one: number
  readonly three: number
}

/** With what another worker had taken before the refusal. */
export const toldBy = (rate: Rate, now: number, who: string, { one, three }: Taken): Rate | undefined => {
  if (rate.cut === undefined || rate.cut.told.includes(who)) return undefined
  const cut = { ...rate.cut, one: rate.cut.one + one, three: rate.cut.three + three, told: [...rate.cut.told, who] }
  // One second may have that burst, or what was held up before. Three are better, where it went on for so long.
  const limit = Math.max(1, cut.three < 1.5 * cut.one ? cut.one : cut.three / 3)
  return { ...upTo(rate, now), cut, perSecond: limit * margin.told }
}

/** More, where it is time to try and turns are waited for. */
export const probed = (rate: Rate, now: number): Rate => {
  if (rate.epoch === 0 || now < rate.probeAt) return rate
  const waits = Math.max(0, rate.ticket - freeBy(rate, now)) + debtBy(rate, now)
  if (waits < turnsIn(rate, probe.waited)) return rate
  const { perSecond, tried } = rate
  const { millis, more } = stepOf(tried)
  return {
    ...upTo(rate, now),
    perSecond: perSecond * more,
    untried: perSecond,
    tried: tried + 1,
    probeAt: now + millis,
  }
}
