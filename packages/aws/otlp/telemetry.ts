import type { Metrics } from "@concierge/core/services/Metrics.ts"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"

/**
 * Adds a collector to the log and the metrics where one is named, or what is to be instead of it. Without one nothing is loaded:
 * a cold start pays one look into the environment.
 */
export const withTelemetry = <A, E, R>(
  watched: Layer.Layer<A | Metrics, E, R>,
  otherwise: Layer.Layer<never> = Layer.empty,
): Layer.Layer<A | Metrics, E, R> =>
  Layer.unwrap(
    Effect.gen(function* () {
      const endpoint = yield* Config.option(Config.NonEmptyString("OTEL_EXPORTER_OTLP_ENDPOINT")).pipe(Effect.option)
      if (Option.isNone(Option.flatten(endpoint))) return Layer.provideMerge(otherwise, watched)
      const { layer } = yield* Effect.promise(() => import("./otlp.ts"))
      return layer(process.env).pipe(Layer.provideMerge(watched))
    }),
  )
