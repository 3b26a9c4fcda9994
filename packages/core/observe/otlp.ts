import type * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Config from "effect/Config"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Otlp from "effect/observability/Otlp"
import { Flusher } from "effect/observability/OtlpExporter"
import * as OtlpSerialization from "effect/observability/OtlpSerialization"
import * as Tracer from "effect/Tracer"
import { Metrics } from "../services/Metrics.ts"
import { bounded } from "./bounded.ts"
import { collected } from "./collected.ts"
import * as spans from "./spans.ts"
import { Telemetry } from "./Telemetry.ts"

export interface Options {
  /** `service.name`, unless `OTEL_SERVICE_NAME` says another. */
  readonly service: string
  /** By OpenTelemetry's conventions, of the process. */
  readonly attributes: Readonly<Record<string, string>>
  /** Frozen between its invocations: nothing is sent but by a flush, since what is under way then is cut. */
  readonly isFrozen: boolean
}

/** An update waits no longer than this for its telemetry. */
const patience = Duration.millis(300)

/** A collector that was too slow, or did not answer, is left alone for so long: an update is worth more than its trace. */
const pause = Duration.minutes(1)

/** What the specification says where nothing is said, and Effect's modules leave open: everything is exported. */
const defaultsOf = ({ isFrozen, service }: Options) =>
  ConfigProvider.fromUnknown({
    OTEL_SERVICE_NAME: service,
    OTEL_TRACES_EXPORTER: "otlp",
    OTEL_METRICS_EXPORTER: "otlp",
    OTEL_LOGS_EXPORTER: "otlp",
    ...(isFrozen && {
      // For the last of it, when the container is taken down.
      OTEL_EXPORTER_OTLP_TIMEOUT: String(Duration.toMillis(patience)),
      OTEL_BSP_SCHEDULE_DELAY: "86400000",
      OTEL_BLRP_SCHEDULE_DELAY: "86400000",
      OTEL_METRIC_EXPORT_INTERVAL: "86400000",
    }),
  })

const serialization = Effect.map(
  Config.String("OTEL_EXPORTER_OTLP_PROTOCOL").pipe(Config.withDefault("http/protobuf")),
  (protocol) => (protocol === "http/json" ? OtlpSerialization.layerJson : OtlpSerialization.layerProtobuf),
)

/**
 * Traces, metrics and logs to the collector that `OTEL_EXPORTER_OTLP_ENDPOINT` names, beside what there was: the loggers and the
 * metrics that it is built on go on. In a module of its own, loaded only where it is asked for.
 */
export const layer = (options: Options): Layer.Layer<Metrics, never, HttpClient.HttpClient | Metrics> => {
  const exporters = Layer.unwrap(
    Effect.map(serialization, (format) =>
      Layer.provide(Otlp.layerFromConfig({ resource: { attributes: options.attributes } }), format),
    ),
  ).pipe(Layer.orDie)
  const withDefaults = Layer.unwrap(
    Effect.map(ConfigProvider.ConfigProvider, (given) =>
      Layer.provide(exporters, ConfigProvider.layer(ConfigProvider.orElse(given, defaultsOf(options)))),
    ),
  )
  return Layer.effectContext(
    Effect.gen(function* () {
      const { flush } = yield* Flusher
      return Context.make(Telemetry, { spans, flush: yield* patiently(flush) }).pipe(
        Context.add(Tracer.Tracer, bounded(yield* Tracer.Tracer)),
        Context.add(Metrics, collected(yield* Metrics)),
      )
    }),
  ).pipe(Layer.provideMerge(withDefaults), Layer.catchCause(withoutIt))
}

/** A setting that cannot be understood costs the traces, and no update. */
const withoutIt = (cause: Cause.Cause<unknown>) =>
  Layer.effect(Metrics, Effect.tap(Metrics, Effect.logWarning("OTEL_…: nothing is exported", cause)))

const patiently = (flush: Effect.Effect<void>) =>
  Effect.sync(() => {
    let offUntil = 0
    return Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      if (now < offUntil) return
      const sent = yield* Effect.timeoutOption(flush, patience)
      if (Option.isNone(sent)) offUntil = now + Duration.toMillis(pause)
    }).pipe(Effect.withTracerEnabled(false), Effect.ignoreCause)
  })
