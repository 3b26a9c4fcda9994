import { WebhookConfig } from "@concierge/core/config.ts"
import * as Queue from "@concierge/core/services/aws/Queue.ts"
import { MetricsEmf } from "@concierge/core/services/MetricsEmf.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { webhookConfig } from "../config/webhook.ts"
import { environment } from "../environment.ts"
import { loggingLayer } from "../logging.ts"

/** What receives an update in AWS. */
export const webhookLayer = Layer.unwrap(
  Effect.map(webhookConfig, ({ logLevel, originSecret, queueUrl, secret, stage }) =>
    Layer.mergeAll(
      Layer.succeed(WebhookConfig, { secret, originSecret }),
      Queue.layer({ url: queueUrl, early: true }),
      MetricsEmf.layer({ stage }),
      loggingLayer(logLevel),
    ),
  ),
).pipe(Layer.provide(environment))
