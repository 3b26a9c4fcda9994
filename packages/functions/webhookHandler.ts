import { handlerOf } from "@concierge/aws/lambda/handlerOf.ts"
import { fromHttpEvent, notHttpEvent } from "@concierge/aws/lambda/httpEvent.ts"
import type { Beside, MetricsEmf } from "@concierge/aws/lambda/MetricsEmf.ts"
import type { WebhookConfig } from "@concierge/core/config.ts"
import { receiveUpdate } from "@concierge/core/delivery/receive.ts"
import { aboutRequest } from "@concierge/core/observe/aboutRequest.ts"
import { Metrics } from "@concierge/core/services/Metrics.ts"
import type { UpdateQueue } from "@concierge/core/services/UpdateQueue.ts"
import type { APIGatewayProxyStructuredResultV2, Context } from "aws-lambda"
import type { ConfigError } from "effect/Config"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import * as Option from "effect/Option"

type Needs = WebhookConfig | Metrics | MetricsEmf | UpdateQueue

/** Answers Telegram. Whatever goes wrong is a 503: it delivers again. */
export const webhookHandler = (layer: Layer.Layer<Needs, ConfigError>) =>
  handlerOf({ layer, program, failed: () => unavailable })

// Neither a generator nor a schema's effect: each step counts in what an update costs (docs/performance.md).
const program = (event: unknown, { awsRequestId }: Context, say: (beside: Beside) => void) => {
  const request = fromHttpEvent(event, awsRequestId)
  if (Option.isNone(request)) return Effect.as(refuse, notRead)
  return receiveUpdate(request.value).pipe(
    Effect.map((response) => {
      const { body, headers, status } = response
      say({ level: "INFO", message: "request", ...aboutRequest(response, awsRequestId) })
      return { statusCode: status, headers: { ...headers }, body } satisfies APIGatewayProxyStructuredResultV2
    }),
    Effect.tapCause(() => Metrics.use((metrics) => metrics.count("WebhookErrors"))),
  )
}

const refuse = Effect.andThen(
  Effect.logError(notHttpEvent),
  Metrics.use((metrics) => metrics.count("WebhookErrors")),
)

/** No later delivery will fare better. */
const notRead = {
  statusCode: 400,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ error: notHttpEvent }),
} satisfies APIGatewayProxyStructuredResultV2

/** Telegram asks again after five seconds, by when another container may be up. */
const unavailable = {
  statusCode: 503,
  headers: { "content-type": "application/json", "retry-after": "5" },
  body: JSON.stringify({ error: "The webhook cannot work at present" }),
}
