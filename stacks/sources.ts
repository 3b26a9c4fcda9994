import type { AnyMetric } from "@concierge/core/services/Metric.ts"
import { firewallName } from "./firewall.ts"
import type { Queues } from "./queue.ts"
import { ownSeries, type Statistic, series } from "./series.ts"
import type { Stage } from "./stage.ts"
import type { Storage } from "./storage.ts"
import type { Webhook } from "./webhook.ts"
import type { Worker } from "./worker.ts"

export type Sources = ReturnType<typeof sources>

interface Watched {
  readonly webhook: Webhook
  readonly worker: Worker
  readonly queues: Queues
  readonly storage: Storage
}

/** The series of one stage, for its alarms and its dashboard alike. */
export const sources = (stage: Stage, { webhook, worker, queues, storage }: Watched) => {
  const table = (label: string, { name }: sst.aws.Dynamo, indexes: ReadonlyArray<string>) => ({
    label,
    table: series("AWS/DynamoDB", { TableName: name }),
    // Throttles of an index are published under the index alone.
    indexes: indexes.map((index) => series("AWS/DynamoDB", { TableName: name, GlobalSecondaryIndexName: index })),
  })
  return {
    api: series("AWS/ApiGateway", { ApiId: webhook.api.nodes.api.id }),
    webhook: series("AWS/Lambda", { FunctionName: webhook.fn.name }),
    worker: series("AWS/Lambda", { FunctionName: worker.fn.name }),
    queue: series("AWS/SQS", { QueueName: queues.updates.nodes.queue.name }),
    taps: series("AWS/SQS", { QueueName: queues.taps.nodes.queue.name }),
    deadLetters: series("AWS/SQS", { QueueName: queues.deadLetters.nodes.queue.name }),
    firewall: series("AWS/WAFV2", { Rule: "ALL", WebACL: firewallName(stage) }),
    tables: [
      table("Users", storage.users, []),
      table("Sessions", storage.sessions, ["UserIdIndex"]),
      table("Events", storage.events, ["UserIdIndex"]),
      table("Settings", storage.settings, []),
    ],
    own: (metric: AnyMetric, stat?: Statistic) => ownSeries(stage.name, metric, stat),
  }
}
