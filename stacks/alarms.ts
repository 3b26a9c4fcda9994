import { retention } from "@concierge/core/retention.ts"
import { queue as queueLimits, worker as workerLimits } from "./limits.ts"
import type { Series } from "./series.ts"
import { burning, silence } from "./served.ts"
import type { Sources } from "./sources.ts"
import type { Stage } from "./stage.ts"

export type Severity = "critical" | "warning" | "info"

/** Raised when `value` of the named series is over `over`, in five minutes or another window. */
export interface Alarm {
  readonly name: string
  readonly severity: Severity
  readonly over: number
  /** What the reader of the mail should know, and look at first. */
  readonly says: string
  readonly series: Readonly<Record<string, Series>>
  /** In CloudWatch's metric maths; absent where there is one series. */
  readonly value?: string
  readonly windowSeconds?: number
  /** So many windows in a row. */
  readonly times?: number
  /** What no figures mean; nothing unless given. */
  readonly missing?: "breaching"
}

/**
 * Under this many requests or records one failure alone is more than 2 %, so a rate says nothing; the counts above it
 * (more than five in five minutes) watch quiet hours.
 */
const rateNeeds = 50

export const alarms = (stage: Stage, sources: Sources): ReadonlyArray<Alarm> => [
  ...ofParts(sources),
  ...burning(sources),
  ...silence(stage, sources),
]

const ofParts = ({ api, webhook, worker, queue, taps, deadLetters, tables, own }: Sources): ReadonlyArray<Alarm> => [
  {
    name: "DeadLetters",
    severity: "critical",
    over: 0,
    says: `Updates failed ${queueLimits.maxReceives} times. See npx concierge dlq list, and docs/runbook.md; they are kept ${retention.deadLetters} days.`,
    series: { dead: deadLetters("ApproximateNumberOfMessagesVisible", "Maximum") },
  },
  {
    name: "Parked",
    severity: "critical",
    over: 0,
    says: "Telegram sent an update we use in a form we do not know. It is kept raw: see npx concierge parked list.",
    series: { parked: own("UpdatesParked") },
  },
  {
    name: "Api5xx",
    severity: "critical",
    over: 5,
    says: "The webhook answers 5xx. Telegram delivers again, for a day at most: look at the webhook's log.",
    series: { errors: api("5xx") },
  },
  {
    name: "WebhookErrors",
    severity: "warning",
    over: 5,
    says: "The webhook failed, or could not reach its queue.",
    // A 503 of our own never raises the function's Errors.
    series: { crashed: webhook("Errors"), refused: own("WebhookErrors") },
    value: "FILL(crashed, 0) + FILL(refused, 0)",
  },
  {
    name: "WebhookErrorRate",
    severity: "warning",
    over: 2,
    says: "More than 2 % of the webhook's requests failed.",
    series: { crashed: webhook("Errors"), refused: own("WebhookErrors"), requests: webhook("Invocations") },
    value: `IF(requests >= ${rateNeeds}, 100 * (FILL(crashed, 0) + FILL(refused, 0)) / requests, 0)`,
  },
  {
    name: "WorkerErrors",
    severity: "warning",
    over: 5,
    says: "Records failed in the worker and go back to the queue; after three receives they are dead letters.",
    // A failed record in an answer without a throw never raises the function's Errors.
    series: { crashed: worker("Errors"), failed: own("FailedRecords") },
    value: "FILL(crashed, 0) + FILL(failed, 0)",
  },
  {
    name: "WorkerErrorRate",
    severity: "warning",
    over: 2,
    says: "More than 2 % of the worker's records failed.",
    series: { crashed: worker("Errors"), failed: own("FailedRecords"), records: own("WorkerRecords") },
    // A crash emits nothing of ours, so it counts as one record above and below the line.
    value: [
      `IF(FILL(records, 0) + FILL(crashed, 0) >= ${rateNeeds},`,
      "100 * (FILL(crashed, 0) + FILL(failed, 0)) / (FILL(records, 0) + FILL(crashed, 0)), 0)",
    ].join(" "),
  },
  {
    name: "WorkerSlow",
    severity: "warning",
    over: 30_000,
    says: `One batch in twenty takes over 30 s of the ${workerLimits.timeoutSeconds} s there are, what Telegram's own limit has it wait not counted: Telegram, Polly or a table is slow.`,
    series: { duration: worker("Duration", "p95"), waited: own("LimitWaits", "Maximum") },
    value: "duration - FILL(waited, 0)",
  },
  {
    name: "QueueOld",
    severity: "warning",
    over: 300,
    says: "Newcomers wait more than five minutes: a campaign goes faster than Telegram's limit, or the worker or Telegram is down.",
    series: { age: queue("ApproximateAgeOfOldestMessage", "Maximum") },
  },
  {
    name: "TapsOld",
    severity: "warning",
    over: 60,
    says: "People half-way wait more than a minute, though they go before all others: the worker is down, or Telegram is.",
    series: { age: taps("ApproximateAgeOfOldestMessage", "Maximum") },
  },
  ...tables.map(
    ({ label, table, indexes }): Alarm => ({
      name: `${label}Throttled`,
      severity: "warning",
      over: 5,
      says: "DynamoDB throttles this table or its index: a hot key, or growth faster than it doubles.",
      series: {
        reads: table("ReadThrottleEvents"),
        writes: table("WriteThrottleEvents"),
        ...Object.fromEntries(
          indexes.flatMap((index, i) => [
            [`indexReads${i}`, index("ReadThrottleEvents")],
            [`indexWrites${i}`, index("WriteThrottleEvents")],
          ]),
        ),
      },
      value: ["reads", "writes", ...indexes.flatMap((_, i) => [`indexReads${i}`, `indexWrites${i}`])]
        .map((id) => `FILL(${id}, 0)`)
        .join(" + "),
    }),
  ),
  {
    name: "SendFailures",
    severity: "warning",
    over: 20,
    says: "Telegram refuses or does not answer. Limits and blocked bots are not counted.",
    series: { failures: own("SendFailures") },
  },
  {
    name: "Api4xx",
    severity: "info",
    over: 100,
    says: "Many requests were refused: a wrong secret after a change, or someone knocking.",
    series: { refused: api("4xx") },
  },
]

/** Kept apart: its series and its topic are in us-east-1. */
export const edgeAlarms = ({ firewall }: Sources): ReadonlyArray<Alarm> => [
  {
    name: "FirewallBlocked",
    severity: "info",
    over: 100,
    says: "Many requests were blocked; log group aws-waf-logs-… in us-east-1 has whose. Telegram's among them? STAGE_TELEGRAM_RANGES.",
    series: { blocked: firewall("BlockedRequests") },
  },
]

/**
 * One alarm a topic, with its region. Whether a mail arrives cannot be tried by publishing: the topics' key gives people
 * no data key, so `sns publish` must fail. Setting one of these to ALARM goes the whole way (docs/deploy.md).
 */
export const alarmsToTry = (stage: Stage, sources: Sources) => {
  const here = alarms(stage, sources).map((alarm) => ({ ...alarm, region: stage.region }))
  const edge = edgeAlarms(sources).map((alarm) => ({ ...alarm, region: "us-east-1" }))
  const first = Map.groupBy([...here, ...edge], ({ severity, region }) => `${severity} ${region}`)
  return [...first.values()].flatMap(([alarm]) => (alarm ? [`${alarm.region} ${alarmName(stage, alarm.name)}`] : []))
}

export const alarmName = (stage: Stage, name: string) => `${$app.name}-${stage.name}-${name}`
