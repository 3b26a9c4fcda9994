import { createHash, randomUUID } from "node:crypto"
import {
  type AttributeValue,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb"
import { PollyClient, SynthesizeSpeechCommand } from "@aws-sdk/client-polly"
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3"
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs"
import { getSignedUrl } from "@aws-sdk/s3-request-presigner"
import type { SQSEvent, SQSRecord } from "aws-lambda"

// The same calls in the same order as ours for a first message, of which those that do not need each other run side by
// side; without the types of failure, the deadlines and the lease's rules, which are our worker's own matter.
const dynamo = new DynamoDBClient({ maxAttempts: 3 })
const s3 = new S3Client({ maxAttempts: 3 })
const polly = new PollyClient({ maxAttempts: 3 })
const sqs = new SQSClient({ maxAttempts: 3 })
const env = (name: string): string => process.env[name] ?? ""
const [users, events, sessions] = [env("USERS_TABLE"), env("EVENTS_TABLE"), env("SESSIONS_TABLE")]
const settings = env("SETTINGS_TABLE")
const seconds = (after: number): string => String(Math.floor(Date.now() / 1000) + after)

interface Person {
  readonly id: number
  readonly first_name: string
  readonly username?: string
}

interface Start {
  readonly update_id: number
  readonly message: { readonly text?: string; readonly from: Person; readonly chat: { readonly id: number } }
}

export const handler = async (event: SQSEvent) => {
  const results = await Promise.allSettled(event.Records.map(work))
  const failed = event.Records.filter((_, index) => results[index]?.status === "rejected")
  for (const result of results) if (result.status === "rejected") console.error("a record failed", result.reason)
  console.log(JSON.stringify({ level: "INFO", records: results.length, failed: failed.length }))
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) }
}

/** A container looks once how fast all others send, and once a day and code whether it is counted by name. */
let isNew = true

const work = async ({ body }: SQSRecord): Promise<void> => {
  const update: Start = JSON.parse(body)
  if (update.message?.text === "/voice") return greet(update.message.chat.id, update.message.from.first_name)
  if (update.message?.text === "/later") return defer(body)
  const { chat, from } = update.message
  const [eventId, userId, token] = [String(update.update_id), `telegram_${from.id}`, randomUUID()]
  const now = new Date().toISOString()
  const looked = isNew ? get(settings, "key", "pace#4242") : undefined
  const [begun] = await Promise.all([begin(userId, token, now), claim(eventId, userId, body, now), forgotten(userId)])
  if (isNew) await countCode(now.slice(0, 10), update.message.text ?? "")
  isNew = false
  await looked
  const { Item } = await get(settings, "key", "file#media/welcome/v1/welcome_en.mp4")
  const video = Item?.value?.S ?? (await signed(env("MEDIA_BUCKET"), "media/welcome/v1/welcome_en.mp4"))
  await telegram("sendVideo", {
    chat_id: chat.id,
    parse_mode: "HTML",
    caption: `👋 Hi, ${from.first_name}! <b>Welcome.</b>`,
    video,
    reply_markup: { inline_keyboard: [[{ text: "🎧 Hear your greeting", callback_data: "play_audio" }]] },
  })
  await set(
    users,
    { userId: { S: userId } },
    {
      state: { S: "WELCOME_VIDEO_SENT" },
      updatedAt: { S: now },
      firstName: { S: from.first_name },
      username: { S: from.username ?? "" },
      version: { N: String(Number(begun.Attributes?.version?.N ?? 0) + 1) },
      last_start_payload: { S: update.message.text ?? "" },
    },
    { condition: "#lock.#token = :token", values: { token: { S: token } }, remove: "lock" },
  )
  await Promise.all([
    set(
      sessions,
      { sessionId: { S: begun.Attributes?.sessionId?.S ?? randomUUID() } },
      {
        userId: { S: userId },
        chatId: { N: String(chat.id) },
        updatedAt: { S: now },
        expiresAt: { N: seconds(7_776_000) },
      },
    ),
    dynamo.send(
      new UpdateItemCommand({
        TableName: settings,
        Key: { key: { S: `funnel#${now.slice(0, 10)}` } },
        UpdateExpression: "SET #counts.#name = if_not_exists(#counts.#name, :zero) + :one",
        ExpressionAttributeNames: { "#counts": "counts", "#name": "WELCOME_VIDEO_SENT" },
        ExpressionAttributeValues: { ":zero": { N: "0" }, ":one": { N: "1" } },
      }),
    ),
  ])
  await set(
    events,
    { eventId: { S: eventId } },
    { processed: { BOOL: true }, outcome: { S: "applied" }, finishedAt: { S: now } },
  )
}

const begin = (userId: string, token: string, now: string) =>
  dynamo.send(
    new UpdateItemCommand({
      TableName: users,
      Key: { userId: { S: userId } },
      UpdateExpression:
        "SET #lock = :new_lock, #version = if_not_exists(#version, :new_version), #createdAt = if_not_exists(#createdAt, :new_createdAt)",
      ConditionExpression: "attribute_not_exists(#lock) OR #lock.#until < :new_createdAt",
      ExpressionAttributeNames: {
        "#lock": "lock",
        "#version": "version",
        "#createdAt": "createdAt",
        "#until": "until",
      },
      ExpressionAttributeValues: {
        ":new_lock": { M: { token: { S: token }, until: { S: now } } },
        ":new_version": { N: "0" },
        ":new_createdAt": { S: now },
      },
      ReturnValues: "ALL_NEW",
    }),
  )

const claim = (eventId: string, userId: string, payload: string, now: string) =>
  dynamo.send(
    new PutItemCommand({
      TableName: events,
      Item: {
        eventId: { S: eventId },
        userId: { S: userId },
        payload: { S: payload },
        timestamp: { S: now },
        expiresAt: { N: seconds(7_776_000) },
      },
      ConditionExpression: "attribute_not_exists(#eventId)",
      ExpressionAttributeNames: { "#eventId": "eventId" },
    }),
  )

const countCode = (day: string, text: string) => {
  const cell = createHash("sha256").update(text).digest("base64url").slice(0, 11)
  return dynamo.send(
    new UpdateItemCommand({
      TableName: settings,
      Key: { key: { S: `codes#${day}#0` } },
      UpdateExpression: "ADD #cell :by SET #id = :cell, #about = :about",
      ExpressionAttributeNames: { "#cell": cell, "#id": "id", "#about": "about" },
      ExpressionAttributeValues: { ":by": { N: "1" }, ":cell": { S: cell }, ":about": { S: text } },
      ReturnValues: "ALL_NEW",
    }),
  )
}

const get = (table: string, name: string, key: string) =>
  dynamo.send(new GetItemCommand({ TableName: table, Key: { [name]: { S: key } }, ConsistentRead: true }))

const forgotten = (userId: string) =>
  get(settings, "key", `forgotten#${createHash("sha256").update(userId).digest("hex")}`)

type Fields = Record<string, AttributeValue>

interface Extra {
  readonly condition: string
  readonly values: Fields
  readonly remove: string
}

const set = (table: string, key: Fields, fields: Fields, extra?: Extra) => {
  const names = Object.keys(fields)
  const assigned = names.map((name) => `#${name} = :${name}`).join(", ")
  return dynamo.send(
    new UpdateItemCommand({
      TableName: table,
      Key: key,
      UpdateExpression: `SET ${assigned}${extra === undefined ? "" : ` REMOVE #${extra.remove}`}`,
      ...(extra !== undefined && { ConditionExpression: extra.condition }),
      ExpressionAttributeNames: {
        ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
        ...(extra !== undefined && { "#lock": "lock", "#token": "token" }),
      },
      ExpressionAttributeValues: Object.fromEntries(
        Object.entries({ ...fields, ...extra?.values }).map(([name, value]) => [`:${name}`, value]),
      ),
    }),
  )
}

const telegram = async (method: string, body: object) => {
  const response = await fetch(`${process.env.TELEGRAM_API}/bot${process.env.BOT_TOKEN}/${method}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  })
  const answer = (await response.json()) as { readonly ok: boolean }
  if (!answer.ok) throw new Error(`${method}: ${response.status}`)
}

// Not for a first message: what else a worker like ours uses its clients for.
const signed = (Bucket: string, Key: string) =>
  getSignedUrl(s3, new GetObjectCommand({ Bucket, Key }), { expiresIn: 600 })

const greet = async (chatId: number, name: string): Promise<void> => {
  const { AudioStream } = await polly.send(
    new SynthesizeSpeechCommand({ Engine: "neural", OutputFormat: "mp3", Text: `Hello ${name}`, VoiceId: "Matthew" }),
  )
  const Body = (await AudioStream?.transformToByteArray()) ?? new Uint8Array()
  await s3.send(new PutObjectCommand({ Bucket: env("GREETINGS_BUCKET"), Key: `tts/${name}.mp3`, Body }))
  await telegram("sendVoice", { chat_id: chatId, voice: await signed(env("GREETINGS_BUCKET"), `tts/${name}.mp3`) })
}

const defer = async (MessageBody: string): Promise<void> => {
  await sqs.send(new SendMessageCommand({ QueueUrl: env("QUEUE_URL"), MessageBody, DelaySeconds: 30 }))
}
