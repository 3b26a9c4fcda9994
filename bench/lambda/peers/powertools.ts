import { Logger } from "@aws-lambda-powertools/logger"
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics"
import { Tracer } from "@aws-lambda-powertools/tracer"
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs"
import type { APIGatewayProxyEventV2, Context } from "aws-lambda"
import { answer, bodyOf, isTelegram, parse } from "./http.ts"
import { messageOf } from "./message.ts"

// Its three core utilities, used as each one's page shows; metrics and logs as our own handler has them.
const logger = new Logger({ serviceName: "webhook" })
const metrics = new Metrics({ namespace: "Concierge", serviceName: "webhook" })
const tracer = new Tracer({ serviceName: "webhook" })
const sqs = tracer.captureAWSv3Client(new SQSClient({ maxAttempts: 3 }))

export const handler = async (event: APIGatewayProxyEventV2, context: Context) => {
  logger.addContext(context)
  metrics.addMetric("WebhookRequests", MetricUnit.Count, 1)
  try {
    if (event.requestContext.http.method !== "POST") return answer(405, { error: "Method Not Allowed" })
    if (!isTelegram(event)) return answer(401, { error: "Unauthorized" })
    const body = bodyOf(event)
    const update = parse(body)
    if (update === undefined) return answer(400, { error: "not an update" })
    const command = new SendMessageCommand(messageOf(update, body, context.awsRequestId))
    await sqs.send(command, { abortSignal: AbortSignal.timeout(4_600) })
    metrics.addMetric("UpdatesAccepted", MetricUnit.Count, 1)
    return answer(200, { ok: true })
  } catch (error) {
    logger.error("the queue did not take an update", { error })
    return answer(503, { error: "unavailable" })
  } finally {
    metrics.publishStoredMetrics()
  }
}
