import { budgetMailsAtPercent } from "./limits.ts"
import type { Stage } from "./stage.ts"
import type { Topics } from "./topics.ts"

/** What this stage's tag costs in a month; the tag has to be activated once for the account (docs/deploy.md). */
export const budget = (stage: Stage, { info }: Topics) =>
  new aws.budgets.Budget("MonthlyBudget", {
    name: `${$app.name}-${stage.name}`,
    budgetType: "COST",
    timeUnit: "MONTHLY",
    limitAmount: String(stage.monthlyBudget),
    limitUnit: "USD",
    costFilters: [{ name: "TagKeyValue", values: [`user:sst:stage$${stage.name}`] }],
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
