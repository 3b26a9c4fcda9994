import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as spans from "./spans.ts"

/** Traces, metrics and logs on their way to a collector, where one is named (`OTEL_EXPORTER_OTLP_ENDPOINT`). */
export interface Collector {
  /** What makes the spans at the doors. Loaded with the collector: without it there is neither the code nor a span. */
  readonly spans?: typeof spans
  /** Sends what has come together, and waits for that, though not for long. Never fails. */
  readonly flush: Effect.Effect<void>
}

export const Telemetry = Context.Reference<Collector>("@concierge/core/observe/Telemetry", {
  defaultValue: () => ({ flush: Effect.void }),
})
