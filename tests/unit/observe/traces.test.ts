import { createServer } from "node:http"
import { processBatch, type QueueRecord } from "@concierge/core/delivery/batch.ts"
import * as NoMetrics from "@concierge/core/layers/NoMetrics.ts"
import { layer as otlp } from "@concierge/core/observe/otlp.ts"
import { heardBy, keepSteps } from "@concierge/core/observe/steps.ts"
import { Telemetry } from "@concierge/core/observe/Telemetry.ts"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import { assert, describe, it } from "@effect/vitest"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Tracer from "effect/Tracer"
import { attributesOf, type CollectedSpan, collector } from "../../layers/collector.ts"
import { nextBatch, receive } from "../../layers/drive.ts"
import { listen } from "../../layers/listen.ts"
import { testWorld } from "../../layers/testWorld.ts"
import { says, somebody } from "../../layers/updates.ts"

const options = { service: "concierge-test", attributes: { "faas.name": "test" }, isFrozen: true }

/** Runs with a collector as a container does, flushes once, and looks no further: whatever is sent later is lost. */
const collected = Effect.fnUntraced(function* <E, R>(
  effect: Effect.Effect<unknown, E, R>,
  { environment }: { readonly environment: Readonly<Record<string, string>> },
) {
  const listened = Layer.effect(
    Tracer.Tracer,
    Effect.map(Tracer.Tracer, (tracer) => heardBy(tracer, keepSteps)),
  )
  const layer = listened.pipe(
    Layer.provideMerge(otlp(options)),
    Layer.provide(NodeHttpClient.layerNodeHttp),
    Layer.provideMerge(NoMetrics.layer),
    Layer.provide(ConfigProvider.layer(ConfigProvider.fromUnknown(environment))),
  )
  const flushed = Effect.andThen(
    effect,
    Effect.flatMap(Telemetry, ({ flush }) => flush),
  )
  return yield* Effect.provide(flushed, layer, { local: true })
})

const named = (spans: ReadonlyArray<CollectedSpan>, name: string) => spans.filter((span) => span.name === name)

const traceparent = (n: number) => `00-${String(n).padStart(32, "a")}-${String(n).padStart(16, "b")}-01`

describe("traces", () => {
  it.live("of a batch of ten are linked to its ten requests, by the conventions' names", () =>
    Effect.gen(function* () {
      const there = yield* collector
      const batch = Effect.gen(function* () {
        for (let n = 0; n < 10; n++) yield* receive(yield* says(somebody(), "/start"))
        const records = yield* nextBatch
        const traced = records.map((record, n): QueueRecord => {
          const attributes = { ...record.update.attributes, traceparent: traceparent(n) }
          return { ...record, update: { ...record.update, attributes } }
        })
        return yield* processBatch(traced)
      })
      yield* collected(Effect.provide(batch, testWorld, { local: true }), there)
      assert.deepStrictEqual(there.refused, [])
      const [root] = named(there.spans, "process UpdateQueue")
      if (root === undefined) return assert.fail("there is no span of the batch")
      assert.strictEqual(root.kind, 5)
      assert.notProperty(root, "parentSpanId")
      assert.containSubset(attributesOf(root), {
        "messaging.system": "aws_sqs",
        "messaging.operation.type": "process",
        "messaging.destination.name": "UpdateQueue",
        "messaging.batch.message_count": 10,
        "faas.trigger": "pubsub",
      })
      const parents = Array.from({ length: 10 }, (_, n) => String(n).padStart(16, "b"))
      assert.sameMembers(
        root.links.map(({ spanId }) => spanId),
        parents,
      )
      const updates = named(there.spans, "processUpdate")
      assert.lengthOf(updates, 10)
      assert.sameMembers(
        updates.flatMap(({ links }) => links.map(({ spanId }) => spanId)),
        parents,
      )
      for (const update of updates) {
        assert.strictEqual(update.traceId, root.traceId)
        assert.property(attributesOf(update), "messaging.message.conversation_id")
      }
      assert.isNotEmpty(named(there.spans, "Users.commit"))
    }),
  )

  it.live("begin at the webhook: its message carries the context of the span that sent it", () =>
    Effect.gen(function* () {
      const there = yield* collector
      let carried: string | undefined
      const request = Effect.gen(function* () {
        yield* receive(yield* says(somebody(), "/start"))
        const [record] = yield* nextBatch
        carried = record?.update.attributes.traceparent
      })
      yield* collected(Effect.provide(request, testWorld, { local: true }), there)
      const [server] = named(there.spans, "POST /telegram/webhook")
      const [producer] = named(there.spans, "send UpdateQueue")
      assert.deepInclude(server, { kind: 2 })
      if (producer === undefined) return assert.fail("nothing was sent")
      assert.strictEqual(producer.kind, 4)
      assert.deepStrictEqual([producer.parentSpanId, producer.traceId], [server?.spanId, server?.traceId])
      assert.strictEqual(carried, `00-${producer?.traceId}-${producer?.spanId}-01`)
      assert.deepInclude(attributesOf(server ?? assert.fail()), {
        "http.response.status_code": 200,
        "faas.trigger": "http",
      })
    }),
  )

  it.live("fit into X-Ray's documents, whatever they are given", () =>
    Effect.gen(function* () {
      const there = yield* collector
      const circular: Record<string, unknown> = {}
      circular.self = circular
      const hostile = (character: string) => {
        const big = character.repeat(65_536)
        return Effect.gen(function* () {
          yield* Effect.annotateCurrentSpan({ big, circular, "new\nline": "a\nb", status: "collides", "": "nameless" })
          for (let n = 0; n < 200; n++) yield* Effect.annotateCurrentSpan(`${n}${big}`, big)
          return yield* Effect.fail(Object.assign(new Error(big), { stack: big }))
        }).pipe(Effect.withSpan(`a\nname|of <${big}>`), Effect.exit)
      }
      // JSON makes six bytes of a control character or half a pair, and UTF-8 three of the euro.
      yield* collected(Effect.forEach(["x", "\u0001", "\ud800", "€", '"'], hostile), there)
      assert.deepStrictEqual(there.refused, [])
      assert.lengthOf(there.spans, 5)
      for (const span of there.spans) {
        assert.isAtMost(Buffer.byteLength(JSON.stringify(span)), 64 * 1_024)
        assert.match(span.name, /^[\p{L}\p{N}\s_.:/%&#=+\-@]{1,200}$/u)
        assert.isAtMost(span.attributes.length, 50)
        assert.strictEqual(span.status.code, 2)
        assert.strictEqual(attributesOf(span).status, "collides")
      }
    }),
  )

  it.live("hold an update up for 300 ms at most, and a collector that was slower is left alone for a minute", () =>
    Effect.gen(function* () {
      let asked = 0
      const endpoint = yield* listen(createServer(() => void asked++))
      const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }
      const flushed = Effect.flatMap(Telemetry, ({ flush }) => flush)
      const invocation = Effect.andThen(Effect.withSpan(Effect.void, "work"), flushed)
      const twice = Effect.gen(function* () {
        const [first] = yield* Effect.timed(invocation)
        const soFar = asked
        yield* invocation
        assert.isAtLeast(soFar, 1)
        assert.strictEqual(asked, soFar)
        // The time-out itself, and what a busy machine adds.
        assert.isBelow(Duration.toMillis(first), 1_500)
      })
      yield* collected(twice, { environment })
    }),
  )

  it.live.each<[string, Readonly<Record<string, string>>]>([
    ["an endpoint that is none", { OTEL_EXPORTER_OTLP_ENDPOINT: "nowhere" }],
    ["a collector that is gone", { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:1" }],
    ["headers that are none", { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:1", OTEL_EXPORTER_OTLP_HEADERS: "%%%" }],
  ])("fail nothing: %s", ([, environment]) =>
    Effect.gen(function* () {
      let isDone = false
      const work = Effect.withSpan(
        Effect.sync(() => {
          isDone = true
        }),
        "work",
      )
      yield* collected(work, { environment })
      assert.isTrue(isDone)
    }),
  )
})
