import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { CountedMetric, MeasuredMetric } from "./Metric.ts"

/** What an operator wants to know, in numbers. Counting and measuring never fail and never wait for anything. */
export class Metrics extends Context.Service<
  Metrics,
  {
    count(metric: CountedMetric, by?: number): Effect.Effect<void>
    /** One value of many, in the metric's unit and not negative: its distribution is kept. */
    record(metric: MeasuredMetric, value: number): Effect.Effect<void>
  }
>()("@concierge/core/services/Metrics") {}
