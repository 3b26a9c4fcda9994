import { createHash, timingSafeEqual } from "node:crypto"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { WebhookConfig } from "../config.ts"

import type { Former } from "../Former.ts"

import { Telemetry } from "../observe/Telemetry.ts"

import { Metrics } from "../services/Metrics.ts"
import { UpdateQueue } from "../services/UpdateQueue.ts"
import { currentIso } from "../Time.ts"
import { type Envelope, envelopeOf, maxBody } from "../updates/Envelope.ts"

export interface WebhookRequest {
  readonly method: string
  /** By lower-case name. */
  readonly header: (name: string) => string | undefined
  /** Read only when the sender is known; a reader may stop one byte after {@link maxBody}. */
  readonly body: Effect.Effect<Uint8Array>
  readonly correlationId: string
  /** W3C trace context, where the request came with one. */
  readonly traceparent?: string
}

export interface WebhookResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Of the update that is queued now. */
  readonly queued?: Pick<Envelope, "updateId" | "kind" | "group">
}

/** Seconds after which Telegram is asked to try again when the queue did not take an update. */
const retryAfter = 5

/** Puts an update on the queue and answers Telegram (spec 1.1). 200 is said only of what is safely queued. */
export const receiveUpdate = (request: WebhookRequest) =>
  Effect.flatMap(Telemetry, ({ spans }) => spans?.receiving(receive(request), request) ?? receive(request))

const receive = Effect.fnUntraced(function* (request: WebhookRequest) {
  const config = yield* WebhookConfig
  const metrics = yield* Metrics
  yield* metrics.count("WebhookRequests")
  if (config.originSecret !== undefined && !matches(config.originSecret, request.header("x-origin-verify"))) {
    return reply(403, { error: "Forbidden" })
  }
  if (config.secret === undefined) {
    yield* metrics.count("WebhookErrors")
    yield* Effect.logError("the webhook's secret is not configured: set TelegramWebhookSecret")
    return unavailable("The webhook is not configured")
  }
  if (request.method !== "POST") return reply(405, { error: "Method Not Allowed" }, { allow: "POST" })
  const given = request.header("x-telegram-bot-api-secret-token")
  const isKnown = matches(config.secret, given)
  // Both are compared whichever it is, so that the time taken does not tell them apart.
  const isFormer = config.formerSecret !== undefined && (yield* counts(config.formerSecret, given))
  if (!isKnown && !isFormer) {
    return reply(401, { error: "Unauthorized" })
  }
  const body = yield* request.body
  if (body.byteLength > maxBody) return reply(413, { error: `The body is over ${maxBody} bytes` })
  const envelope = envelopeOf(body)
  if (Result.isFailure(envelope)) return reply(400, { error: envelope.failure })
  return yield* enqueue(request, envelope.success)
})

const enqueue = Effect.fnUntraced(function* (request: WebhookRequest, { group, json, kind, updateId }: Envelope) {
  const queue = yield* UpdateQueue
  const metrics = yield* Metrics
  const receivedAt = yield* currentIso
  const { correlationId, traceparent } = request
  const attributes = {
    updateId,
    kind,
    receivedAt,
    correlationId,
    attempt: 0,
    ...(traceparent !== undefined && { traceparent }),
  }
  const { spans } = yield* Telemetry
  const update = { body: json, group, attributes }
  return yield* (spans?.sending(update, queue.send) ?? queue.send(update)).pipe(
    Effect.andThen(metrics.count("UpdatesAccepted")),
    Effect.as({ ...accepted, queued: { updateId, kind, group } }),
    Effect.catchTag("UpdateQueueError", (error) =>
      Effect.logWarning("the queue did not take an update", { correlationId, error }).pipe(
        Effect.andThen(metrics.count("WebhookErrors")),
        Effect.as(unavailable("The queue did not take the update")),
      ),
    ),
  )
})

/** Digests have one length, so that comparing them tells nothing about the secret's. */
const matches = (secret: Redacted.Redacted<string>, given: string | undefined): boolean =>
  given !== undefined && timingSafeEqual(digest(Redacted.value(secret)), digest(given))

/** Whether it is the one that was replaced, and that still counts. */
const counts = ({ until, value }: Former, given: string | undefined): Effect.Effect<boolean> =>
  Effect.map(currentIso, (now) => {
    const isSame = matches(value, given)
    return isSame && now < until
  })

const digest = (text: string): Uint8Array => createHash("sha256").update(text).digest()

const reply = (status: number, body: object, headers: Readonly<Record<string, string>> = {}): WebhookResponse => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(body),
})

const accepted = reply(200, { ok: true })

const unavailable = (error: string): WebhookResponse => reply(503, { error }, { "retry-after": String(retryAfter) })
