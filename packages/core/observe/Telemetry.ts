import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as spans from "./spans.ts"

/**
 * What is told of an update elsewhere than in the log: to a collector, where one is named (`OTEL_EXPORTER_OTLP_ENDPOINT`), or by
 * the worker to X-Ray.
 */
export interface Collector {
  /** What makes the spans at the doors. Without it there is no such span, in the webhook not even the code. */
  readonly spans?: typeof spans | undefined
  /** Sends what has come together, and waits for that, though not for long. Never fails. */
  readonly flush: Effect.Effect<void>
}

export const Telemetry = Context.Reference<Collector>("@concierge/core/observe/Telemetry", {
  defaultValue: () => ({ flush: Effect.void }),
})
