import { createServer } from "node:http"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { listen } from "./listen.ts"

// OTLP/JSON, as opentelemetry-proto and the specification's JSON mapping have it: ids in hex, 64-bit numbers as text.

const Nanos = Schema.String.check(Schema.isPattern(/^\d{1,20}$/))
const TraceId = Schema.String.check(Schema.isPattern(/^(?!0{32})[0-9a-f]{32}$/))
const SpanId = Schema.String.check(Schema.isPattern(/^(?!0{16})[0-9a-f]{16}$/))
const Value = Schema.Struct({
  stringValue: Schema.optionalKey(Schema.String),
  boolValue: Schema.optionalKey(Schema.Boolean),
  intValue: Schema.optionalKey(Schema.Union([Schema.Int, Schema.String])),
  doubleValue: Schema.optionalKey(Schema.Unknown),
  arrayValue: Schema.optionalKey(Schema.Unknown),
})
const Attributes = Schema.Array(Schema.Struct({ key: Schema.NonEmptyString, value: Value }))
const Resource = Schema.Struct({ attributes: Attributes })

const Span = Schema.Struct({
  traceId: TraceId,
  spanId: SpanId,
  parentSpanId: Schema.optionalKey(SpanId),
  name: Schema.NonEmptyString,
  kind: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 5 })),
  startTimeUnixNano: Nanos,
  endTimeUnixNano: Nanos,
  attributes: Attributes,
  events: Schema.Array(Schema.Struct({ name: Schema.String, timeUnixNano: Nanos, attributes: Attributes })),
  links: Schema.Array(Schema.Struct({ traceId: TraceId, spanId: SpanId, attributes: Attributes })),
  status: Schema.Struct({ code: Schema.Literals([0, 1, 2]), message: Schema.optionalKey(Schema.String) }),
})
export type CollectedSpan = typeof Span.Type

const Log = Schema.Struct({
  timeUnixNano: Nanos,
  severityNumber: Schema.Int,
  severityText: Schema.String,
  body: Value,
  attributes: Attributes,
  traceId: Schema.optionalKey(TraceId),
  spanId: Schema.optionalKey(SpanId),
})

const Metric = Schema.StructWithRest(Schema.Struct({ name: Schema.NonEmptyString }), [
  Schema.Record(Schema.String, Schema.Unknown),
])

const bodies = {
  "/v1/traces": Schema.Struct({
    resourceSpans: Schema.Array(
      Schema.Struct({ resource: Resource, scopeSpans: Schema.Array(Schema.Struct({ spans: Schema.Array(Span) })) }),
    ),
  }),
  "/v1/logs": Schema.Struct({
    resourceLogs: Schema.Array(
      Schema.Struct({ resource: Resource, scopeLogs: Schema.Array(Schema.Struct({ logRecords: Schema.Array(Log) })) }),
    ),
  }),
  "/v1/metrics": Schema.Struct({
    resourceMetrics: Schema.Array(
      Schema.Struct({
        resource: Resource,
        scopeMetrics: Schema.Array(Schema.Struct({ metrics: Schema.Array(Metric) })),
      }),
    ),
  }),
}

/** A collector of OpenTelemetry's that takes JSON, and refuses what its schema does not know. */
export const collector = Effect.gen(function* () {
  const spans: Array<CollectedSpan> = []
  const logs: Array<typeof Log.Type> = []
  const metrics: Array<string> = []
  const resources: Array<typeof Resource.Type> = []
  const refused: Array<string> = []
  let text = ""
  const take = (path: string, body: string): void => {
    text += body
    if (path === "/v1/traces") {
      for (const { resource, scopeSpans } of Schema.decodeUnknownSync(bodies[path])(JSON.parse(body)).resourceSpans) {
        resources.push(resource)
        spans.push(...scopeSpans.flatMap((scope) => scope.spans))
      }
    } else if (path === "/v1/logs") {
      const { resourceLogs } = Schema.decodeUnknownSync(bodies[path])(JSON.parse(body))
      logs.push(...resourceLogs.flatMap(({ scopeLogs }) => scopeLogs.flatMap(({ logRecords }) => logRecords)))
    } else if (path === "/v1/metrics") {
      const { resourceMetrics } = Schema.decodeUnknownSync(bodies[path])(JSON.parse(body))
      const found = resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics))
      metrics.push(...found.map(({ name }) => name))
    } else throw new Error(`nothing is at ${path}`)
  }
  const server = createServer(async (request, response) => {
    const chunks: Array<Buffer> = []
    for await (const chunk of request) chunks.push(chunk)
    try {
      take(request.url ?? "", Buffer.concat(chunks).toString())
      response.writeHead(200, { "content-type": "application/json" }).end("{}")
    } catch (error) {
      refused.push(String(error))
      response.writeHead(400).end()
    }
  })
  const origin = yield* listen(server)
  const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: origin, OTEL_EXPORTER_OTLP_PROTOCOL: "http/json" }
  return { environment, spans, logs, metrics, resources, refused, text: () => text }
})

export const attributesOf = ({ attributes }: { readonly attributes: typeof Attributes.Type }) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]))
