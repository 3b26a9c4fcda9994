import type { AnyMetric } from "@concierge/core/services/Metric.ts"
import { Metrics } from "@concierge/core/services/Metrics.ts"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

/** What was counted so far. */
export class Counted extends Context.Service<
  Counted,
  { readonly of: (metric: AnyMetric) => number; readonly values: (metric: AnyMetric) => ReadonlyArray<number> }
>()("tests/layers/Counted") {}

export const metricsLayer = Layer.effectContext(
  Effect.sync(() => {
    const values = new Map<AnyMetric, ReadonlyArray<number>>()
    const counts = new Map<AnyMetric, number>()
    return Context.make(
      Counted,
      Counted.of({ of: (metric) => counts.get(metric) ?? 0, values: (metric) => values.get(metric) ?? [] }),
    ).pipe(
      Context.add(
        Metrics,
        Metrics.of({
          count: (metric, by = 1) => Effect.sync(() => void counts.set(metric, (counts.get(metric) ?? 0) + by)),
          record: (metric, value) => Effect.sync(() => void values.set(metric, [...(values.get(metric) ?? []), value])),
        }),
      ),
    )
  }),
)
