import * as Schema from "effect/Schema"

// One rate that all workers share, as the arithmetic of one small item. It counts turns: so many have been free until a
// moment, and from then on so many more a second. Whoever waits in order has a ticket, and goes when that many are free.
// Whoever may not wait goes at once and owes a turn, by which the tickets come later. All times in milliseconds of the
// workers' common clock (Clock.ts), all rates in turns a second.

/** What was taken before a refusal, from everybody who has told. */
const Cut = Schema.Struct({
  at: Schema.Finite,
  /** Calls taken in the second before it, and in the three seconds before it. */
  one: Schema.Finite,
  three: Schema.Finite,
  /** Who has told. */
  told: Schema.Array(Schema.String),
  /** When the silence that it names ends. */
  until: Schema.Finite,
  /** What the rate that was refused comes to at most; none before the first refusal. */
  most: Schema.optionalKey(Schema.Finite),
})

export const Rate = Schema.Struct({
  version: Schema.Int,
  /** When it was written. */
  at: Schema.Finite,
  /** Of the refusal that the rate follows from; 0: there was none. */
  epoch: Schema.Int,
  perSecond: Schema.Finite,
  /** Turns that were free at `since`; in the future while the bot keeps silent. */
  free: Schema.Finite,
  since: Schema.Finite,
  /** The last ticket given, and the last of which somebody has gone. */
  last: Schema.Finite,
  gone: Schema.Finite,
  probeAt: Schema.Finite,
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
  free: 0,
  since: 0,
  last: 0,
  gone: 0,
  probeAt: 0,
}

/** A little below what was taken, so that chance alone is not refused. */
const margin = 0.97
/** A second refusal this soon after a silence says that the rate is too high, and by how much. */
const soon = 15_000
/** Telegram takes about a second's worth more after a silence, so that a refusal within this is no measure: a little less. */
const burst = { millis: 1_000, least: 1_500, less: 0.93 }
/** No refusal takes off more than this, whatever was counted just before it: it may have come right after a silence. */
const least = 0.6
/** The limit differs by the hour: so much more is tried, this long after a refusal, and rarely once it is near. */
const probe = { factor: 1.03, first: 60_000, below: 20_000, near: 240_000 }
/** Refusals of two chats within this mean everybody; a look at the item and a write lie between. */
const together = 1_500
/** After this long without a refusal the rate says nothing any more. */
export const calm = 5 * 60_000
/** Unused turns are kept for so long. */
const idle = 500

const burstOf = ({ perSecond }: Rate): number => Math.max(1, (perSecond * idle) / 1000)

/** Turns that are free by then; of unused ones a few are kept. */
export const freeAt = (rate: Rate, now: number): number =>
  Math.min(
    rate.free + (rate.perSecond * Math.max(0, now - rate.since)) / 1000,
    Math.max(rate.free, rate.last + burstOf(rate)),
  )

/** Turns that nobody with a ticket has had; negative: so many are owed. */
export const spare = (rate: Rate, now: number): number => freeAt(rate, now) - goneAt(rate, now)

export const isSilent = (rate: Rate, now: number): boolean => now < rate.since

/** When that ticket's turn is, if nobody goes before it meanwhile. */
export const turnOf = (rate: Rate, ticket: number): number =>
  rate.since + (Math.max(0, ticket - rate.free) / rate.perSecond) * 1000

const goneAt = (rate: Rate, now: number): number => Math.max(rate.gone, Math.min(rate.last, freeAt(rate, now)))

const upTo = (rate: Rate, now: number): Rate => ({
  ...rate,
  at: now,
  free: freeAt(rate, now),
  gone: goneAt(rate, now),
  since: Math.max(now, rate.since),
})

/** Gives so many tickets, the ones after `last`. */
export const withTickets = (rate: Rate, now: number, many: number): Rate => {
  const then = probed(upTo(rate, now))
  return { ...then, last: then.last + many }
}

/** Counts turns that were taken without waiting. */
export const withDebt = (rate: Rate, now: number, many: number): Rate => {
  const then = probed(upTo(rate, now))
  return { ...then, free: then.free - many }
}

const probed = (rate: Rate): Rate => {
  if (rate.at < rate.probeAt || rate.cut === undefined) return rate
  const perSecond = rate.perSecond * probe.factor
  const isNear = perSecond * probe.factor > seenBy(rate.cut) * 0.98
  return { ...rate, perSecond, probeAt: rate.at + (isNear ? probe.near : probe.below) }
}

export interface Taken {
  readonly one: number
  readonly three: number
}

export interface Refusal {
  /** The chat that was refused. */
  readonly who: string
  /** Of the rate by which the call was made; 0: it was not paced. */
  readonly epoch: number
  /** Milliseconds for which Telegram takes nothing. */
  readonly silence: number
}

/** After one chat was refused: suspected, or cut where another was just before. Undefined: it is known already. */
export const refusedBy = (rate: Rate, now: number, refusal: Refusal): Rate | undefined => {
  const { epoch, who } = refusal
  const isKnown = epoch > 0 || now - rate.since < calm
  if (rate.epoch > epoch && isKnown) return undefined
  const { suspect } = rate
  if (suspect === undefined || suspect.who === who || now - suspect.at > together) {
    return { ...rate, suspect: { who, at: now } }
  }
  return cutBy(rate, now, refusal)
}

/** After a refusal that means everybody: silence, in which all tell what they had taken before, and then that. */
const cutBy = (rate: Rate, now: number, { epoch, silence }: Refusal): Rate => {
  const then = upTo(rate, now)
  const cut = {
    at: now,
    one: 0,
    three: 0,
    told: [],
    until: now + silence,
    ...(epoch > 0 && { most: mostOf(rate, now) }),
  }
  const { suspect: _, ...rest } = then
  const since = cut.until
  return { ...rest, epoch: rate.epoch + 1, cut, perSecond: rateAfter(cut), since, probeAt: since + probe.first }
}

/** Undefined: it is silent for about as long already. */
export const silentUntil = (rate: Rate, now: number, until: number): Rate | undefined =>
  until < rate.since + 1_000 ? undefined : { ...upTo(rate, now), since: until }

/** With what another worker had taken before the refusal. */
export const toldBy = (rate: Rate, now: number, who: string, { one, three }: Taken): Rate => {
  if (rate.cut === undefined || rate.cut.told.includes(who)) return rate
  const cut = { ...rate.cut, one: rate.cut.one + one, three: rate.cut.three + three, told: [...rate.cut.told, who] }
  return { ...upTo(rate, now), cut, perSecond: rateAfter(cut) }
}

type Cut = typeof Cut.Type

/** Of a rate that was refused so long after a silence: that long it had the burst beside what is taken. */
const mostOf = ({ cut, perSecond }: Rate, now: number): number => {
  const millis = now - (cut?.until ?? 0)
  if (millis > soon) return perSecond
  return perSecond * (millis < burst.least ? burst.less : millis / (millis + burst.millis))
}

const seenBy = ({ most = Number.POSITIVE_INFINITY, one, three }: Cut): number =>
  Math.min(most, Math.max(one, three / 3, 1))

const rateAfter = (cut: Cut): number => Math.max(seenBy(cut) * margin, (cut.most ?? 0) * least)
