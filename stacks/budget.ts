import { budgetMailsAtPercent } from "./limits.ts"
import type { Stage } from "./stage.ts"
import type { Topics } from "./topics.ts"

/**
 * What the stage costs in a month. Polly, our metrics and traces carry no tags, so by tag a third of the bill is seen: the
 * filter is for an account that others share (docs/deploy.md).
 */
export const budget = (stage: Stage, { info }: Topics) =>
  new aws.budgets.Budget("MonthlyBudget", {
    name: `${$app.name}-${stage.name}`,
    budgetType: "COST",
    timeUnit: "MONTHLY",
    limitAmount: String(stage.monthlyBudget),
    limitUnit: "USD",
    costFilters: stage.ownAccount ? [] : [{ name: "TagKeyValue", values: [`user:sst:stage$${stage.name}`] }],
    notifications: [
      notification("ACTUAL", budgetMailsAtPercent.actual, info),
      notification("FORECASTED", budgetMailsAtPercent.forecast, info),
    ],
  })

const notification = (notificationType: "ACTUAL" | "FORECASTED", threshold: number, topic: aws.sns.Topic) => ({
  comparisonOperator: "GREATER_THAN",
  notificationType,
  threshold,
  thresholdType: "PERCENTAGE",
  subscriberSnsTopicArns: [topic.arn],
})
