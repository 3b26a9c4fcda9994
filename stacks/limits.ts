// Every number of the infrastructure, once, with its reason. The stacks, their tests and docs/cost.md read them here.
// What the programs go by as well stands with them: days in retention.ts, the deadline in deployed.ts.

import { botCheckMinutes, deadlineSeconds, maxReceives, visibilitySeconds } from "@concierge/core/delivery/deployed.ts"
import { retention } from "@concierge/core/retention.ts"

const minute = 60
const day = 86_400

/** SST takes the days of a log in words. */
const inWords = { 7: "1 week", 14: "2 weeks", 30: "1 month" } as const

export const queue = {
  visibilitySeconds,
  retentionSeconds: retention.queue * day,
  deadRetentionSeconds: retention.deadLetters * day,
  maxReceives,
  /** The service's maximum. The webhook takes 256 KiB, which escaping can at most treble. */
  maxMessageBytes: 1_048_576,
  /** The service's maximum for data keys held: fewer calls to KMS, and five minutes' grace when it is away. */
  keyReuseSeconds: 5 * minute,
} as const

export const webhook = {
  /** One call to SQS and no more; CPU comes with memory, and less than this slows the cold start. */
  memoryMb: 256,
  /** Half of Telegram's 60 s of patience, and the most that API Gateway waits. */
  timeoutSeconds: 30,
} as const

export const worker = {
  /** Holds a voice message or video while it is uploaded (≤ 50 MB). */
  memoryMb: 512,
  timeoutSeconds: deadlineSeconds,
  /** The most a standard queue hands out without a batching window. */
  batchSize: 10,
  /**
   * Telegram takes about 30 messages/s and Polly 8 neural requests/s; ten reach both. Half of them for taps, half for all
   * else. At the pollers: throttled calls burn receives.
   */
  maxConcurrency: 10,
  /** The pollers' own bounds: two for each. */
  concurrencyLeast: 4,
  concurrencyMost: 1_000,
} as const

export const watcher = {
  /** One call to Telegram; nobody waits for it. */
  memoryMb: 256,
  timeoutSeconds: 30,
  everyMinutes: botCheckMinutes,
} as const

/** What an account may run at once, all its functions together; a new one has 10. The operator's preflight asks for it. */
export const lambdaQuota = {
  serviceCode: "lambda",
  quotaCode: "L-B99A9384",
  /** Beyond the workers: max_connections 40 × 0.03 s a request keep one webhook or two busy; ten take a cold start of all. */
  forWebhook: 10,
} as const

/** Under this many concurrent executions the workers can take what the webhook needs. */
export const concurrencyNeeded = (maxConcurrency: number) => maxConcurrency + lambdaQuota.forWebhook

export const logs = {
  retention: inWords[retention.logs],
} as const

/** Whose bot a stage is that does not say. */
export const defaultBrand = "concierge"

export const tables = {
  recoveryDays: retention.backups,
  eventDays: retention.events,
} as const

export const events = {
  /** An event must outlive every copy of its update. */
  daysLeast: retention.lastUpdate,
  daysMost: retention.eventsMost,
} as const

export const media = {
  /** Telegram fetches at once; ten minutes covers its retries. */
  urlMinutes: 10,
  /** Beyond a day nothing is promised: the role's credentials have expired long before. */
  urlMinutesMost: 24 * 60,
  /** A replaced video can be brought back for a quarter. */
  oldVersionDays: 90,
} as const

export const greetings = {
  /** The first month has the repeats; the least that S3 allows before infrequent access. */
  infrequentAfterDays: 30,
  /** A name is personal data. */
  expireAfterDays: retention.greetings,
  /** Versions exist only where a replica needs them; an expired name must not live on as one. */
  oldVersionDays: 1,
} as const

/** Parts of an upload that never ended cost storage and are seen by nobody. */
export const abandonedUploadDays = 7

export const keys = {
  /** The longest KMS offers: a key deleted by mistake takes all data with it. */
  permanentDeletionDays: 30,
  /** The shortest KMS offers. */
  personalDeletionDays: 7,
} as const

export const edge = {
  /** Telegram's own two networks (core.telegram.org/bots/webhooks). */
  telegramRanges: ["149.154.160.0/20", "91.108.4.0/22"],
  /** A campaign's burst, well over what max_connections lets through: a throttled Telegram backs off and loses people. */
  throttleRate: 200,
  throttleBurst: 400,
  /** 200 requests/s for 5 minutes, all from one address, since Telegram sends from few. */
  ratePerFiveMinutes: 60_000,
  /** CloudFront's most: the connection to the API stays open between messages. */
  originKeepAliveSeconds: 60,
  /** The webhook's own timeout: giving up sooner would have Telegram deliver twice. */
  originReadSeconds: webhook.timeoutSeconds,
  /** 256 bits of letters and digits and a little more. */
  originSecretLength: 48,
  /** The same. The firewall compares 200 bytes at most. */
  operatorKeyLength: 48,
} as const

export const tombstones = {
  /** As the edge's secret: 256 bits and a little more. */
  keyLength: edge.originSecretLength,
} as const

/** Cost sheet and SNS both count alarm checks by this. */
export const alarmPeriodSeconds = 5 * minute

/** In USD: twice what 1,000 people a month cost (docs/cost.md). */
export const monthlyBudget = 50

/** In USD a day beyond what is usual: under it, a mail would cost more attention than it saves. */
export const anomalyUsd = 5

/** Shares of the monthly budget, in per cent, at which its mail is sent. */
export const budgetMailsAtPercent = { actual: 80, forecast: 100 } as const
