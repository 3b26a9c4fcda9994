import { type AnyMetric, namespace as ownNamespace } from "@concierge/core/services/Metric.ts"
import type { Namespace } from "./published.ts"

type Statistic = "Sum" | "Average" | "Maximum" | `p${number}`

/** One series of CloudWatch's. */
export interface Series {
  readonly namespace: Namespace
  readonly metricName: string
  readonly dimensions: Record<string, $util.Input<string>>
  readonly stat: Statistic
}

export const ownSeries = (stage: string, metricName: AnyMetric): Series => ({
  namespace: ownNamespace,
  metricName,
  dimensions: { Stage: stage },
  stat: "Sum",
})

export const series =
  (namespace: Namespace, dimensions: Series["dimensions"]) =>
  (metricName: string, stat: Statistic = "Sum"): Series => ({ namespace, metricName, dimensions, stat })
