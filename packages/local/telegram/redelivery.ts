import * as Duration from "effect/Duration"

export interface Redelivery {
  /** How long the bot's answer is awaited. */
  readonly timeout: Duration.Duration
  /** The wait after the n-th failure of one update, counted from 1. */
  readonly delay: (failures: number) => Duration.Duration
  /** The longest `Retry-After` that is honoured. */
  readonly longestRetryAfter: Duration.Duration
}

/** As observed of Telegram: again at once, then after 2, 4, 8 … seconds, never more than a minute apart. */
export const redelivery: Redelivery = {
  timeout: Duration.seconds(60),
  delay: (failures) => (failures <= 1 ? Duration.zero : Duration.seconds(Math.min(60, 2 ** (failures - 1)))),
  longestRetryAfter: Duration.hours(1),
}

const day = 24 * 60 * 60_000

/** Milliseconds after which an update that nobody took is given up. */
export const lifetimeOf = (kind: string): number => (kind === "callback_query" ? 150_000 : day)
