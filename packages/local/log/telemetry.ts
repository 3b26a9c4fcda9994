import * as NoMetrics from "@concierge/core/layers/NoMetrics.ts"
import { Metrics } from "@concierge/core/services/Metrics.ts"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"

/** Traces, metrics and logs of one machine go to a collector where one is named, every few seconds and at the end. */
export const telemetryLayer = Layer.unwrap(
  Effect.gen(function* () {
    const endpoint = yield* Effect.option(Config.NonEmptyString("OTEL_EXPORTER_OTLP_ENDPOINT"))
    if (Option.isNone(endpoint)) return NoMetrics.layer
    const { layer } = yield* Effect.promise(() => import("@concierge/core/observe/otlp.ts"))
    return layer({ service: "concierge", attributes: {}, isFrozen: false }).pipe(
      Layer.provide([NodeHttpClient.layerNodeHttp, NoMetrics.layer]),
    )
  }),
)

/** What somebody reads, or nobody. */
export const metricsLayer = Layer.effect(
  Metrics,
  Effect.map(
    Effect.serviceOption(Metrics),
    Option.getOrElse(() => NoMetrics.none),
  ),
)
