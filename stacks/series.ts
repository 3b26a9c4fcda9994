import type { Metric as OwnMetric } from "../packages/core/services/Metric.ts"
import { ownNamespace, type published } from "./published.ts"

type Statistic = "Sum" | "Average" | "Maximum" | `p${number}`

/** One series of CloudWatch's. */
export interface Series {
  readonly namespace: keyof typeof published
  readonly metricName: string
  readonly dimensions: Record<string, $util.Input<string>>
  readonly stat: Statistic
}

export const ownSeries = (stage: string, metricName: OwnMetric): Series => ({
  namespace: ownNamespace,
  metricName,
  dimensions: { Stage: stage },
  stat: "Sum",
})

export const series =
  (namespace: keyof typeof published, dimensions: Series["dimensions"]) =>
  (metricName: string, stat: Statistic = "Sum"): Series => ({ namespace, metricName, dimensions, stat })
