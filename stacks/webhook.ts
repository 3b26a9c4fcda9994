import { type OriginLock, originHeader } from "./edge.ts"
import { lambda } from "./functions.ts"
import type { Keys } from "./keys.ts"
import { webhook as limits, logs } from "./limits.ts"
import type { Queues } from "./queue.ts"
import { live } from "./release.ts"
import type { Secrets } from "./secrets.ts"
import type { Stage } from "./stage.ts"

export type Webhook = ReturnType<typeof webhook>

interface Needs {
  readonly keys: Keys
  readonly queues: Queues
  readonly secrets: Secrets
  readonly originLock: OriginLock | undefined
}

export const webhookPath = "/telegram/webhook"

export const webhook = (stage: Stage, { keys, queues, secrets, originLock }: Needs) => {
  const fn = lambda(stage, "Webhook", {
    name: "webhook",
    memoryMb: limits.memoryMb,
    timeoutSeconds: limits.timeoutSeconds,
    link: [
      ...[queues.updates, queues.taps, secrets.webhookSecret],
      ...(secrets.formerWebhookSecret ? [secrets.formerWebhookSecret] : []),
      ...(originLock ? [originLock.link] : []),
    ],
    permissions: [
      { actions: ["sqs:SendMessage"], resources: [queues.updates.arn, queues.taps.arn] },
      // SQS asks for both of whoever sends to an encrypted queue.
      { actions: ["kms:GenerateDataKey", "kms:Decrypt"], resources: [keys.queue.arn] },
    ],
    // Named where there is an edge: the function then refuses everybody if the secret itself did not arrive.
    environment: originLock ? { ORIGIN_HEADER: originHeader } : {},
  })

  const api = new sst.aws.ApiGatewayV2("Api", {
    // Behind the edge the domain belongs to the edge.
    ...(stage.domain !== undefined && !stage.permanent ? { domain: stage.domain } : {}),
    accessLog: { retention: logs.retention },
    transform: {
      api: (args) => {
        // Telegram is no browser. SST's own default is every origin.
        args.corsConfiguration = cors(stage)
        return undefined
      },
      stage: {
        defaultRouteSettings: {
          throttlingRateLimit: stage.throttle.rate,
          throttlingBurstLimit: stage.throttle.burst,
        },
      },
    },
  })
  // Every method, so that the function, and not the gateway, answers the others: 405.
  const calledAs = live(stage, "Webhook", fn)
  api.route(`ANY ${webhookPath}`, calledAs)
  return { fn, live: calledAs, api }
}

const cors = ({ corsOrigins }: Stage) =>
  corsOrigins.length > 0
    ? { allowMethods: ["POST"], allowHeaders: ["content-type"], allowOrigins: [...corsOrigins] }
    : undefined
