import type { Link } from "@concierge/core/attribution/Link.ts"
import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import type { Envelope } from "@concierge/core/updates/Envelope.ts"
import type { LimitOptions } from "../../packages/local/telegram/judge.ts"

/** One request of Telegram's to the webhook, which puts it on the queue. */
export interface Request {
  /** Milliseconds since the start of the schedule. */
  readonly at: number
  readonly updateId: number
  readonly envelope: Envelope
  readonly about: Deed
}

/** What the checker has to know about an update. */
export interface Deed {
  readonly chatId: number
  readonly userId: string | undefined
  readonly name: string
  /** Telegram's own date, in milliseconds since 1970; undefined where the update has none. */
  readonly date: number | undefined
  readonly firstName: string
  readonly payload?: string
}

/** A time in which the person has blocked the bot. */
export interface Block {
  readonly chatId: number
  readonly from: number
  readonly to: number
}

/** A stored link as it is from then on. */
export interface LinkChange {
  /** Milliseconds since the start of the schedule. */
  readonly at: number
  readonly linkId: string
  readonly link: Link
}

/** More people than Telegram lets be answered at once. */
export interface Rush {
  readonly limits: LimitOptions & { readonly perSecond: number; readonly retryAfter: number }
  /** Workers that work taps alone. */
  readonly tapWorkers: number
}

/** All that happens from outside; with the faults it decides a run. */
export interface Schedule {
  /** Whose bot it is. */
  readonly brand: BrandValue
  readonly requests: ReadonlyArray<Request>
  readonly blocks: ReadonlyArray<Block>
  /** What the operator does to stored links, in the order of time. */
  readonly links: ReadonlyArray<LinkChange>
  /** Workers that may run at once. */
  readonly workers: number
  /** With it taps have a queue of their own, as they have where they are deployed. */
  readonly rush?: Rush
  /** Probability that a received message stays visible: the queue promises "at least once". */
  readonly duplicates: number
  /** Clocks of the workers are off by up to this, in milliseconds. */
  readonly skew: number
  /** The day's counter holds many old ids already, so that it is pruned. */
  readonly isCounterFull: boolean
}

/** When every schedule starts: 12:00 UTC. */
export const epoch = Date.UTC(2026, 2, 4, 12)
