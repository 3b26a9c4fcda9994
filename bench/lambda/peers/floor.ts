import { createHash, createHmac } from "node:crypto"
import { Agent, request } from "node:https"
import type { APIGatewayProxyEventV2, Context } from "aws-lambda"
import { answer, bodyOf, isTelegram, parse } from "./http.ts"
import { messageOf } from "./message.ts"

// As little as a webhook can do: one request, signed by hand (Signature Version 4), over Node's own HTTPS.
const env = (name: string): string => process.env[name] ?? ""
const { host, hostname, port } = new URL(env("QUEUE_URL"))
const region = env("AWS_REGION")
const agent = new Agent({ keepAlive: true })

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex")
const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest()

const signed = (body: string): Record<string, string> => {
  const time = new Date().toISOString().replace(/[-:]|\.\d{3}/g, "")
  const day = time.slice(0, 8)
  const headers = {
    "content-type": "application/x-amz-json-1.0",
    host,
    "x-amz-date": time,
    "x-amz-security-token": env("AWS_SESSION_TOKEN"),
    "x-amz-target": "AmazonSQS.SendMessage",
  }
  const names = Object.keys(headers).join(";")
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`)
  const scope = `${day}/${region}/sqs/aws4_request`
  const canonical = `POST\n/\n\n${lines.join("")}\n${names}\n${sha256(body)}`
  const key = [day, region, "sqs", "aws4_request"].reduce<string | Buffer>(hmac, `AWS4${env("AWS_SECRET_ACCESS_KEY")}`)
  const signature = hmac(Buffer.from(key), `AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(canonical)}`).toString("hex")
  const credential = `${env("AWS_ACCESS_KEY_ID")}/${scope}`
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`
  return { ...headers, authorization }
}

const send = (message: object): Promise<void> =>
  new Promise((resolve, reject) => {
    const body = JSON.stringify(message)
    const headers = { ...signed(body), "content-length": Buffer.byteLength(body) }
    const signal = AbortSignal.timeout(4_600)
    const sending = request({ agent, method: "POST", hostname, port, path: "/", headers, signal }, (response) => {
      response.resume().on("error", reject)
      response.on("end", () => (response.statusCode === 200 ? resolve() : reject(new Error(`${response.statusCode}`))))
    })
    sending.on("error", reject).end(body)
  })

export const handler = async (event: APIGatewayProxyEventV2, { awsRequestId }: Context) => {
  if (event.requestContext.http.method !== "POST") return answer(405, { error: "Method Not Allowed" })
  if (!isTelegram(event)) return answer(401, { error: "Unauthorized" })
  const body = bodyOf(event)
  const update = parse(body)
  if (update === undefined) return answer(400, { error: "not an update" })
  try {
    await send(messageOf(update, body, awsRequestId))
    return answer(200, { ok: true })
  } catch (error) {
    console.error("the queue did not take an update", error)
    return answer(503, { error: "unavailable" })
  }
}
