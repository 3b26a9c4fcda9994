import { anomalyUsd } from "./limits.ts"
import type { Stage } from "./stage.ts"

/**
 * Cost Anomaly Detection: a mail when a day costs more than the account's days do, long before the month's budget is spent.
 * An account may have one monitor of its services, and AWS makes that one itself for many: hence not made unasked.
 */
export const anomalies = (stage: Stage, provider: aws.Provider) => {
  if (stage.anomalyMonitor === undefined || stage.alarmEmail === undefined) return
  const monitor = stage.anomalyMonitor === "new" ? newMonitor(stage, provider) : stage.anomalyMonitor
  new aws.costexplorer.AnomalySubscription(
    "CostAnomalies",
    {
      name: `${$app.name}-${stage.name}`,
      frequency: "DAILY",
      monitorArnLists: [monitor],
      subscribers: [{ type: "EMAIL", address: stage.alarmEmail }],
      thresholdExpression: {
        dimension: {
          key: "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
          matchOptions: ["GREATER_THAN_OR_EQUAL"],
          values: [String(anomalyUsd)],
        },
      },
    },
    { provider },
  )
}

const newMonitor = (stage: Stage, provider: aws.Provider) =>
  new aws.costexplorer.AnomalyMonitor(
    "CostMonitor",
    { name: `${$app.name}-${stage.name}`, monitorType: "DIMENSIONAL", monitorDimension: "SERVICE" },
    { provider },
  ).arn
