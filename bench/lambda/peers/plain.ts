import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs"
import type { APIGatewayProxyEventV2, Context } from "aws-lambda"
import { answer, bodyOf, isTelegram, parse } from "./http.ts"
import { messageOf } from "./message.ts"

const sqs = new SQSClient({ maxAttempts: 3 })

export const handler = async (event: APIGatewayProxyEventV2, { awsRequestId }: Context) => {
  if (event.requestContext.http.method !== "POST") return answer(405, { error: "Method Not Allowed" })
  if (!isTelegram(event)) return answer(401, { error: "Unauthorized" })
  const body = bodyOf(event)
  const update = parse(body)
  if (update === undefined) return answer(400, { error: "not an update" })
  try {
    const abortSignal = AbortSignal.timeout(4_600)
    await sqs.send(new SendMessageCommand(messageOf(update, body, awsRequestId)), { abortSignal })
    return answer(200, { ok: true })
  } catch (error) {
    console.error("the queue did not take an update", error)
    return answer(503, { error: "unavailable" })
  }
}
