import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { AnyMetric } from "./Metric.ts"

/** Counts what an operator wants to know. Counting never fails and never waits for anything. */
export class Metrics extends Context.Service<Metrics, { count(metric: AnyMetric, by?: number): Effect.Effect<void> }>()(
  "@concierge/core/services/Metrics",
) {}
