import { createHash } from "node:crypto"
import type { IncomingMessage, ServerResponse } from "node:http"

/** AWS and Telegram as far as a first message needs them; everything goes well, and nobody was there before. */
export const standIn = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const chunks: Array<Buffer> = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks).toString()
  const answer = answerTo(String(request.headers["x-amz-target"] ?? ""), request.url ?? "", body)
  if (answer === undefined) return void response.writeHead(404).end()
  const json = JSON.stringify(answer)
  // The SDK checks DynamoDB's answers by this header where there is one.
  response.writeHead(200, { "content-type": "application/x-amz-json-1.0", "content-length": Buffer.byteLength(json) })
  response.end(json)
}

const answerTo = (target: string, url: string, body: string): unknown => {
  if (target === "AmazonSQS.SendMessage") return accepted(JSON.parse(body))
  if (target.endsWith(".UpdateItem")) return updated(JSON.parse(body))
  if (target === "DynamoDB_20120810.GetItem") return { Item: { key: { S: "file" }, value: { S: "BAACAgIAAxkD" } } }
  if (target.startsWith("DynamoDB_20120810.")) return {}
  if (url.startsWith("/bot")) return { ok: true, result: sent }
  return undefined
}

interface SendMessage {
  readonly MessageBody: string
  readonly DelaySeconds?: number
}

/** A copy is refused: what the worker puts off it has not worked, and nothing that is timed or warmed up would be true. */
const accepted = ({ DelaySeconds, MessageBody }: SendMessage) =>
  DelaySeconds === undefined
    ? {
        MessageId: "5f4f1a36-9d7b-4c53-9a53-0f6a2c9e7b11",
        MD5OfMessageBody: createHash("md5").update(MessageBody).digest("hex"),
      }
    : undefined

const sent = { message_id: 1, date: 1, chat: { id: 1, type: "private" }, video: { file_id: "BAACAgIAAxkD" } }

interface UpdateItem {
  readonly Key: Readonly<Record<string, unknown>>
  readonly UpdateExpression: string
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>>
  readonly ReturnValues?: string
}

/** The item that an update makes where there was none. */
const updated = ({ Key, ReturnValues, UpdateExpression, ...given }: UpdateItem) => {
  if (ReturnValues !== "ALL_NEW") return {}
  const { ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} } = given
  const assigned = [...UpdateExpression.matchAll(/(#\w+)(?: = (?:if_not_exists\(#\w+, )?| )(:\w+)/g)]
  const fields = assigned.map(([, name = "", value = ""]) => [names[name] ?? name, values[value]])
  return { Attributes: { ...Key, ...Object.fromEntries(fields) } }
}
