import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import { type AnyMetric, metrics } from "../services/Metric.ts"
import { Metrics } from "../services/Metrics.ts"

/** Upper bounds of the buckets that values fall into, in milliseconds or counts: from a cache's answer to a day. */
const boundaries = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 600_000, 86_400_000]

const unitOf = { Count: "1", Milliseconds: "ms" } as const

/** Every number is told to a collector as well, under the name and unit that the list has. */
export const collected = (inner: Metrics["Service"]): Metrics["Service"] => {
  const counters = new Map<AnyMetric, Metric.Counter<number>>()
  const histograms = new Map<AnyMetric, Metric.Histogram<number>>()
  return Metrics.of({
    count: (name, by = 1) => {
      const counter = counters.get(name) ?? Metric.counter(`concierge.${name}`, { incremental: true })
      counters.set(name, counter)
      return Effect.andThen(inner.count(name, by), Metric.update(counter, by))
    },
    record: (name, value) => {
      const attributes = { unit: unitOf[metrics[name].unit] }
      const histogram = histograms.get(name) ?? Metric.histogram(`concierge.${name}`, { boundaries, attributes })
      histograms.set(name, histogram)
      return Effect.andThen(inner.record(name, value), Metric.update(histogram, value))
    },
  })
}
