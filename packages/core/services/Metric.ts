/** Of all of them, in CloudWatch. */
export const namespace = "Concierge"

/**
 * Every metric the programs emit, with the unit CloudWatch knows it by. The list is closed: an alarm or a graph on any
 * other name of ours is refused by a test.
 */
export const metrics = {
  /** Updates put on the queue by the webhook. */
  UpdatesAccepted: "Count",
  /** Requests the webhook could not serve: queue refused, or not configured. Each is a 503. */
  WebhookErrors: "Count",
  /** Requests the webhook answered, whatever the answer. */
  WebhookRequests: "Count",
  UpdatesApplied: "Count",
  UpdatesIgnored: "Count",
  /** Kinds we use whose used fields do not decode. */
  UpdatesParked: "Count",
  /** Delayed copies: a busy person, a limit of Telegram's, or an outage. */
  UpdatesDeferred: "Count",
  /** Records handed back to the queue; after three receives they are dead letters. */
  FailedRecords: "Count",
  /** Records the worker looked at. */
  WorkerRecords: "Count",
  /** Sends that Telegram refused or did not answer; limits (429) and blocks (403) are not failures. */
  SendFailures: "Count",
  /** Sends that Telegram refused for a limit (429): nothing was sent. */
  LimitedSends: "Count",
  /** Sends whose acceptance was not seen: the person may get the message twice. */
  AmbiguousSends: "Count",
  /** Greetings sent as text because the voice was down. */
  DegradedGreetings: "Count",
} as const

export type Metric = keyof typeof metrics

/** The funnel: people who had a step for the first time in a run. One for each step of the brand's (`reachedMetric`). */
export type StepMetric = `${string}Reached`

export type AnyMetric = Metric | StepMetric

/** The unit that CloudWatch knows a metric by. */
export const unitOf = (metric: AnyMetric): string =>
  Object.entries(metrics).find(([name]) => name === metric)?.[1] ?? "Count"
