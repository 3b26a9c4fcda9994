/** Of all of them, in CloudWatch. */
export const namespace = "Concierge"

const counted = { is: "counted", unit: "Count" } as const
const measuredMs = { is: "measured", unit: "Milliseconds" } as const
const measured = { is: "measured", unit: "Count" } as const

/**
 * Every metric the programs emit: events that are counted, and values of which the distribution is kept, each with the
 * unit that CloudWatch knows it by. The list is closed, and it is the only one: programs, dashboard and alarms go by it, and a
 * test refuses any other name of ours. Each costs 0.30 USD a month, so what would multiply them (kind, method, step,
 * language) is a field of the log instead.
 */
export const metrics = {
  /** Updates put on the queue by the webhook. */
  UpdatesAccepted: counted,
  /** Requests the webhook could not serve: queue refused, or not configured. Each is a 503. */
  WebhookErrors: counted,
  /** Requests the webhook answered, whatever the answer. */
  WebhookRequests: counted,
  UpdatesApplied: counted,
  UpdatesIgnored: counted,
  /** Kinds we use whose used fields do not decode. */
  UpdatesParked: counted,
  /** Delayed copies: a busy person, a limit of Telegram's, or an outage. */
  UpdatesDeferred: counted,
  /** Records handed back to the queue; after three receives they are dead letters. */
  FailedRecords: counted,
  /** Records the worker looked at. */
  WorkerRecords: counted,
  /** Sends that Telegram refused or did not answer; limits (429) and blocks (403) are not failures. */
  SendFailures: counted,
  /** Sends that Telegram refused for a limit (429): nothing was sent. */
  LimitedSends: counted,
  /** Sends whose acceptance was not seen: the person may get the message twice. */
  AmbiguousSends: counted,
  /** Greetings sent as text because the voice was down. */
  DegradedGreetings: counted,
  /** Files that Telegram was sent by an id it has given, and those it was not. */
  FileIdHits: counted,
  FileIdMisses: counted,
  /** Greetings that had been spoken before, and those that the voice was asked for. */
  GreetingHits: counted,
  GreetingMisses: counted,
  /** From Telegram's date of a /start until it took the video, without what its own limit imposed. A day: never. */
  StartToVideo: measuredMs,
  /** Waits that Telegram's limit imposes, each: for a turn, after a 429, or as a delayed copy. */
  LimitWaits: measuredMs,
  /** From an update's receipt until a worker had it. The greatest is the age of the oldest, delayed copies included. */
  UpdateAge: measuredMs,
  /** Updates that Telegram holds for the webhook, by `getWebhookInfo`. */
  BotPending: measured,
  /** 1 where Telegram delivers elsewhere, or cannot deliver, or does not answer; else 0. */
  BotSilent: measured,
} as const satisfies Record<string, { readonly is: "counted" | "measured"; readonly unit: "Count" | "Milliseconds" }>

export type Metric = keyof typeof metrics

/** The funnel: people who had a step for the first time in a run. One for each step of the brand's (`reachedMetric`). */
export type StepMetric = `${string}Reached`

export type MeasuredMetric = {
  [Name in Metric]: (typeof metrics)[Name]["is"] extends "measured" ? Name : never
}[Metric]

export type CountedMetric = Exclude<Metric, MeasuredMetric> | StepMetric

export type AnyMetric = Metric | StepMetric

export const unitOf = (metric: AnyMetric): string => units.get(metric) ?? "Count"

const units = new Map<string, string>(Object.entries(metrics).map(([name, { unit }]) => [name, unit]))
