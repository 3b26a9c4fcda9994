import { hash, timingSafeEqual } from "node:crypto"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { WebhookConfig } from "../config.ts"
import type { Former } from "../Former.ts"
import { Telemetry } from "../observe/Telemetry.ts"
import { Metrics } from "../services/Metrics.ts"
import { UpdateQueue } from "../services/UpdateQueue.ts"
import { type Iso, toIso } from "../Time.ts"
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

/** Puts an update on the queue and answers Telegram. 200 is said only of what is safely queued. */
export const receiveUpdate = (request: WebhookRequest) =>
  Effect.contextWith((services: Context.Context<Needs>) => {
    const { spans } = Context.get(services, Telemetry)
    return spans?.receiving(receive(services, request), request) ?? receive(services, request)
  })

type Needs = WebhookConfig | Metrics | UpdateQueue

// Here and below no generators, and one look at the services: the steps of an effect are most of what an update costs.
const receive = (services: Context.Context<Needs>, request: WebhookRequest): Effect.Effect<WebhookResponse> =>
  Effect.andThen(Context.get(services, Metrics).count("WebhookRequests"), answerTo(services, request))

const answerTo = (services: Context.Context<Needs>, request: WebhookRequest): Effect.Effect<WebhookResponse> => {
  const { formerSecret, originSecret, secret } = Context.get(services, WebhookConfig)
  if (originSecret !== undefined && !matches(originSecret, request.header("x-origin-verify"))) {
    return Effect.succeed(reply(403, { error: "Forbidden" }))
  }
  if (secret === undefined) {
    return Effect.logError("the webhook's secret is not configured: set TelegramWebhookSecret").pipe(
      Effect.andThen(Context.get(services, Metrics).count("WebhookErrors")),
      Effect.as(unavailable("The webhook is not configured")),
    )
  }
  if (request.method !== "POST") {
    return Effect.succeed(reply(405, { error: "Method Not Allowed" }, { allow: "POST" }))
  }
  const given = request.header("x-telegram-bot-api-secret-token")
  return Clock.clockWith((clock) => {
    const now = toIso(clock.currentTimeMillisUnsafe())
    const isKnown = matches(secret, given)
    // Both are compared whichever it is, so that the time taken does not tell them apart.
    const isFormer = formerSecret !== undefined && counts(formerSecret, given, now)
    if (!isKnown && !isFormer) return Effect.succeed(reply(401, { error: "Unauthorized" }))
    return Effect.flatMap(request.body, (body) => {
      if (body.byteLength > maxBody) return Effect.succeed(reply(413, { error: `The body is over ${maxBody} bytes` }))
      const envelope = envelopeOf(body)
      return Result.isFailure(envelope)
        ? Effect.succeed(reply(400, { error: envelope.failure }))
        : enqueue(services, request, envelope.success, now)
    })
  })
}

const enqueue = (
  services: Context.Context<Needs>,
  { correlationId, traceparent }: WebhookRequest,
  { group, json, kind, updateId }: Envelope,
  receivedAt: Iso,
): Effect.Effect<WebhookResponse> => {
  const queue = Context.get(services, UpdateQueue)
  const metrics = Context.get(services, Metrics)
  const attributes = { updateId, kind, receivedAt, correlationId, attempt: 0 }
  const update = {
    body: json,
    group,
    attributes: traceparent === undefined ? attributes : { ...attributes, traceparent },
  }
  const { spans } = Context.get(services, Telemetry)
  return Effect.matchEffect(spans?.sending(update, queue.send) ?? queue.send(update), {
    onSuccess: () => Effect.as(metrics.count("UpdatesAccepted"), { ...accepted, queued: { updateId, kind, group } }),
    onFailure: (error) =>
      Effect.logWarning("the queue did not take an update", { correlationId, error }).pipe(
        Effect.andThen(metrics.count("WebhookErrors")),
        Effect.as(unavailable("The queue did not take the update")),
      ),
  })
}

/** Digests have one length, so that comparing them tells nothing about the secret's. */
const matches = (secret: Redacted.Redacted<string>, given: string | undefined): boolean =>
  given !== undefined && timingSafeEqual(digestOf(secret), digest(given))

/** Whether it is the one that was replaced, and that still counts. */
const counts = ({ until, value }: Former, given: string | undefined, now: Iso): boolean => {
  const isSame = matches(value, given)
  return isSame && now < until
}

// As text: of bytes, Node makes a buffer that costs several times the digest.
const digest = (text: string): Uint8Array => Buffer.from(hash("sha256", text))

/** Of our own secrets, each once a container. */
const digests = new WeakMap<Redacted.Redacted<string>, Uint8Array>()
const digestOf = (secret: Redacted.Redacted<string>): Uint8Array => {
  const known = digests.get(secret)
  if (known !== undefined) return known
  const made = digest(Redacted.value(secret))
  digests.set(secret, made)
  return made
}

const reply = (status: number, body: object, headers: Readonly<Record<string, string>> = {}): WebhookResponse => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(body),
})

const accepted = reply(200, { ok: true })

const unavailable = (error: string): WebhookResponse => reply(503, { error }, { "retry-after": String(retryAfter) })
