import { type AnyMetric, namespace as ownNamespace } from "@concierge/core/services/Metric.ts"
import type { Namespace } from "./published.ts"

/** `PR(:5000)`: per cent of the values up to it. With a lower bound, which CloudWatch excludes, 0 would be none of them. */
export type Statistic = "Sum" | "Average" | "Maximum" | "SampleCount" | `p${number}` | `PR(:${number})`

/** One series of CloudWatch's. */
export interface Series {
  readonly namespace: Namespace
  readonly metricName: string
  readonly dimensions: Record<string, $util.Input<string>>
  readonly stat: Statistic
}

export const ownSeries = (stage: string, metricName: AnyMetric, stat: Statistic = "Sum"): Series => ({
  namespace: ownNamespace,
  metricName,
  dimensions: { Stage: stage },
  stat,
})

export const series =
  (namespace: Namespace, dimensions: Series["dimensions"]) =>
  (metricName: string, stat: Statistic = "Sum"): Series => ({ namespace, metricName, dimensions, stat })
