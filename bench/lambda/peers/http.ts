import { createHash, timingSafeEqual } from "node:crypto"
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda"

/** What each webhook has to do besides its framework's part: check the secret, find the update, say what it is. */
export const answer = (statusCode: number, body: object): APIGatewayProxyStructuredResultV2 => ({
  statusCode,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
})

const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest()
const secret = sha256(process.env.WEBHOOK_SECRET ?? "")

export const isTelegram = ({ headers }: APIGatewayProxyEventV2): boolean =>
  timingSafeEqual(secret, sha256(headers["x-telegram-bot-api-secret-token"] ?? ""))

export const bodyOf = ({ body = "", isBase64Encoded }: APIGatewayProxyEventV2): string =>
  isBase64Encoded ? Buffer.from(body, "base64").toString("utf8") : body

export interface AnUpdate {
  readonly update_id: number
  readonly [field: string]: unknown
}

export const parse = (body: string): AnUpdate | undefined => {
  try {
    const update = JSON.parse(body)
    return Number.isSafeInteger(update?.update_id) ? update : undefined
  } catch {
    return undefined
  }
}
