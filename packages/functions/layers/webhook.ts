import { environment } from "@concierge/aws/lambda/environment.ts"
import { loggingLayer } from "@concierge/aws/lambda/logging.ts"
import * as MetricsEmf from "@concierge/aws/lambda/MetricsEmf.ts"
import { withTelemetry } from "@concierge/aws/otlp/telemetry.ts"
import { early } from "@concierge/aws/sqs/early.ts"
import * as Queue from "@concierge/aws/sqs/UpdateQueue.ts"
import { WebhookConfig } from "@concierge/core/config.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { webhookConfig } from "../config/webhook.ts"

/** What receives an update in AWS. */
export const webhookLayer = Layer.unwrap(
  Effect.map(webhookConfig, ({ formerSecret, logLevel, originSecret, queues, secret, stage }) =>
    Layer.mergeAll(
      Layer.succeed(WebhookConfig, { secret, formerSecret, originSecret }),
      Queue.layer({ ...queues, sqs: early(queues.url) }),
      withTelemetry(Layer.merge(MetricsEmf.layer({ stage }), loggingLayer(logLevel))),
    ),
  ),
).pipe(Layer.provide(environment))
