import { lambda, type Permission } from "./functions.ts"
import type { Keys } from "./keys.ts"
import { worker as limits } from "./limits.ts"
import { pollWhileLive } from "./pollWhileLive.ts"
import type { Queues } from "./queue.ts"
import { live } from "./release.ts"
import type { Secrets } from "./secrets.ts"
import type { Stage } from "./stage.ts"
import type { Storage } from "./storage.ts"
import type { tombstoneKey } from "./tombstoneKey.ts"

export type Worker = ReturnType<typeof worker>

interface Needs {
  readonly keys: Keys
  readonly queues: Queues
  readonly secrets: Secrets
  readonly storage: Storage
  readonly tombstoneKey: ReturnType<typeof tombstoneKey>
}

export const worker = (stage: Stage, { keys, queues, secrets, storage, tombstoneKey }: Needs) => {
  const { users, events, sessions, settings, media, greetings } = storage
  const fn = lambda(stage, "Worker", {
    name: "worker",
    memoryMb: limits.memoryMb,
    timeoutSeconds: limits.timeoutSeconds,
    link: [
      ...[queues.updates, queues.taps, secrets.botToken, tombstoneKey],
      ...[users, events, sessions, settings, media, greetings],
    ],
    permissions: [
      ...tableAccess(storage),
      ...queueAccess(queues),
      ...objectAccess(storage),
      speech,
      keyAccess(keys, storage),
    ],
    environment: {
      EVENT_RETENTION_DAYS: String(stage.eventDays),
      MEDIA_URL_MINUTES: String(stage.mediaUrlMinutes),
    },
  })

  const calledAs = live(stage, "Worker", fn)
  const mapping = (name: string, queue: sst.aws.Queue) =>
    new aws.lambda.EventSourceMapping(name, {
      // Live, it is switched on beside sst dev; a deploy switches it on for good.
      enabled: !$dev,
      eventSourceArn: queue.arn,
      functionName: calledAs,
      batchSize: limits.batchSize,
      functionResponseTypes: ["ReportBatchItemFailures"],
      // Half for each: whoever waits for Telegram's limit with newcomers in hand leaves the other half to taps.
      scalingConfig: { maximumConcurrency: Math.floor(stage.maxConcurrency / 2) },
    })
  pollWhileLive(stage, [mapping("WorkerMapping", queues.updates), mapping("TapMapping", queues.taps)])

  // The worker puts delayed copies on its own queue, one every 15 minutes for 6 hours in an outage of Telegram's.
  // Lambda takes the 16th for a runaway loop and would drop it.
  new aws.lambda.FunctionRecursionConfig("WorkerRecursion", { functionName: fn.name, recursiveLoop: "Allow" })
  return { fn, live: calledAs }
}

/** As the stores in packages/aws/ call it: one more call there is one more action here. */
const tableAccess = ({ users, events, sessions, settings }: Storage): Array<Permission> => [
  may(users.arn, "GetItem", "UpdateItem", "DeleteItem"),
  may(events.arn, "GetItem", "BatchGetItem", "PutItem", "UpdateItem"),
  may(sessions.arn, "GetItem", "UpdateItem", "BatchWriteItem"),
  may(settings.arn, "GetItem", "PutItem", "UpdateItem", "DeleteItem"),
  // To find what belongs to a person who wants to be forgotten.
  may($interpolate`${events.arn}/index/UserIdIndex`, "Query"),
  may($interpolate`${sessions.arn}/index/UserIdIndex`, "Query"),
]

const may = (table: $util.Input<string>, ...actions: ReadonlyArray<string>): Permission => ({
  actions: actions.map((action) => `dynamodb:${action}`),
  resources: [table],
})

const queueAccess = ({ taps, updates }: Queues): Array<Permission> => [
  {
    actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:SendMessage"],
    resources: [updates.arn, taps.arn],
  },
]

const objectAccess = ({ media, greetings }: Storage): Array<Permission> => [
  { actions: ["s3:GetObject"], resources: [$interpolate`${media.arn}/media/*`] },
  { actions: ["s3:GetObject", "s3:PutObject"], resources: [$interpolate`${greetings.arn}/tts/*`] },
  // Without it S3 answers 403 instead of 404 for what is not there, and a cache miss looks like a fault.
  { actions: ["s3:ListBucket"], resources: [media.arn, greetings.arn] },
]

/** Polly's only resource is the lexicon, and we use none. */
const speech: Permission = { actions: ["polly:SynthesizeSpeech"], resources: ["*"] }

const keyAccess = ({ queue }: Keys, { key }: Storage): Permission => ({
  actions: ["kms:Decrypt", "kms:GenerateDataKey"],
  resources: [key, queue.arn],
})
