import * as Effect from "effect/Effect"
import * as Headers from "effect/http/Headers"
import * as HttpTraceContext from "effect/http/HttpTraceContext"
import * as Option from "effect/Option"
import type * as Tracer from "effect/Tracer"
import type { WebhookRequest, WebhookResponse } from "../delivery/receive.ts"
import { isOfTaps, type QueuedUpdate } from "../services/UpdateQueue.ts"

// The spans at the doors, named as OpenTelemetry's conventions have it. Made only where they go anywhere.

const route = "/telegram/webhook"

const queueOf = ({ attributes }: QueuedUpdate): string => (isOfTaps(attributes) ? "TapQueue" : "UpdateQueue")

export const receiving = <E, R>(answering: Effect.Effect<WebhookResponse, E, R>, request: WebhookRequest) =>
  Effect.tap(answering, ({ status }) => Effect.annotateCurrentSpan({ "http.response.status_code": status })).pipe(
    Effect.withSpan(`POST ${route}`, {
      kind: "server",
      attributes: {
        "faas.trigger": "http",
        "http.request.method": request.method,
        "http.route": route,
        "concierge.correlationId": request.correlationId,
      },
      ...Option.match(contextOf(request.traceparent), { onNone: () => ({}), onSome: (parent) => ({ parent }) }),
    }),
  )

/** Around a message to the queue, which carries the span's context along. */
export const sending = <E, R>(update: QueuedUpdate, send: (update: QueuedUpdate) => Effect.Effect<void, E, R>) =>
  Effect.useSpan(
    `send ${queueOf(update)}`,
    { kind: "producer", attributes: { ...messaging(update, "send"), ...idsOf(update) } },
    (span) => send({ ...update, attributes: { ...update.attributes, traceparent: traceparentOf(span) } }),
  )

/** Around a batch: it comes of as many requests as it has messages, and is linked to each of them. */
export const processing = <A, E, R>(
  working: Effect.Effect<A, E, R>,
  records: ReadonlyArray<{ readonly id: string; readonly update: QueuedUpdate }>,
) => {
  const [first] = records
  if (first === undefined) return working
  return Effect.withSpan(working, `process ${queueOf(first.update)}`, {
    kind: "consumer",
    root: true,
    links: records.flatMap(({ id, update }) => linksOf(update, { "messaging.message.id": id })),
    attributes: {
      ...messaging(first.update, "process"),
      "faas.trigger": "pubsub",
      "messaging.batch.message_count": records.length,
    },
  })
}

/** Says of the update's own span which request it comes of. */
export const linked = (update: QueuedUpdate) =>
  Effect.flatMap(Effect.orDie(Effect.currentSpan), (span) =>
    Effect.sync(() => {
      span.addLinks(linksOf(update, {}))
      for (const [key, value] of Object.entries(idsOf(update))) span.attribute(key, value)
    }),
  )

const messaging = (update: QueuedUpdate, operation: "send" | "process") => ({
  "messaging.system": "aws_sqs",
  "messaging.destination.name": queueOf(update),
  "messaging.operation.name": operation,
  "messaging.operation.type": operation,
})

const idsOf = ({ attributes, body }: QueuedUpdate) => ({
  "messaging.message.conversation_id": attributes.correlationId,
  "messaging.message.body.size": body.length,
  "concierge.updateId": attributes.updateId,
  "concierge.kind": attributes.kind,
})

const linksOf = (
  { attributes }: QueuedUpdate,
  about: Readonly<Record<string, unknown>>,
): ReadonlyArray<Tracer.SpanLink> =>
  Option.match(contextOf(attributes.traceparent), {
    onNone: () => [],
    onSome: (span) => [{ span, attributes: about }],
  })

/** By W3C's Trace Context; none where it is malformed. */
const contextOf = (traceparent: string | undefined): Option.Option<Tracer.ExternalSpan> =>
  traceparent === undefined ? Option.none() : HttpTraceContext.w3c(Headers.fromRecordUnsafe({ traceparent }))

const traceparentOf = ({ sampled, spanId, traceId }: Tracer.Span): string =>
  `00-${traceId.padStart(32, "0")}-${spanId}-${sampled ? "01" : "00"}`
