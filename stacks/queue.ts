import type { Keys } from "./keys.ts"
import { queue as limits } from "./limits.ts"
import type { Stage } from "./stage.ts"

export type Queues = ReturnType<typeof queues>

export const queues = (stage: Stage, { queue: key }: Keys) => {
  const encrypted = (args: aws.sqs.QueueArgs, opts: $util.CustomResourceOptions, retentionSeconds: number) => {
    args.kmsMasterKeyId = key.arn
    args.kmsDataKeyReusePeriodSeconds = limits.keyReuseSeconds
    args.maxMessageSize = limits.maxMessageBytes
    args.messageRetentionSeconds = retentionSeconds
    // Updates on their way are people's messages; SST's "retain" knows tables and buckets only.
    opts.retainOnDelete = stage.permanent
    return undefined
  }
  const deadLetters = new sst.aws.Queue("DeadLetters", {
    transform: { queue: (args, opts) => encrypted(args, opts, limits.deadRetentionSeconds) },
  })
  const worked = (name: string) =>
    new sst.aws.Queue(name, {
      visibilityTimeout: `${limits.visibilitySeconds} seconds`,
      dlq: { queue: deadLetters.arn, retry: limits.maxReceives },
      transform: { queue: (args, opts) => encrypted(args, opts, limits.retentionSeconds) },
    })
  const updates = worked("UpdateQueue")
  // Apart, so that people half-way never stand behind newcomers.
  const taps = worked("TapQueue")
  // Any queue of the account may otherwise send its dead here, where they would be taken for updates.
  new aws.sqs.RedriveAllowPolicy("DeadLettersSource", {
    queueUrl: deadLetters.url,
    redriveAllowPolicy: $jsonStringify({ redrivePermission: "byQueue", sourceQueueArns: [updates.arn, taps.arn] }),
  })
  return { updates, taps, deadLetters }
}
