import { lambda } from "./functions.ts"
import { watcher as limits } from "./limits.ts"
import type { Secrets } from "./secrets.ts"
import type { Stage } from "./stage.ts"

interface Needs {
  readonly secrets: Secrets
  /** Where Telegram should deliver. */
  readonly webhookUrl: $util.Input<string>
}

/**
 * Asks Telegram every few minutes how the bot is. On permanent stages only: a developer's bot has its webhook elsewhere
 * for most of the time.
 */
export const watcher = (stage: Stage, { secrets, webhookUrl }: Needs) => {
  if (!stage.permanent) return
  const fn = lambda(stage, "Watcher", {
    name: "watcher",
    memoryMb: limits.memoryMb,
    timeoutSeconds: limits.timeoutSeconds,
    link: [secrets.botToken],
    permissions: [],
    environment: { WEBHOOK_URL: webhookUrl },
  })
  const schedule = new aws.cloudwatch.EventRule("WatcherSchedule", {
    scheduleExpression: `rate(${limits.everyMinutes} minutes)`,
  })
  new aws.cloudwatch.EventTarget("WatcherTarget", { rule: schedule.name, arn: fn.arn })
  new aws.lambda.Permission("WatcherPermission", {
    action: "lambda:InvokeFunction",
    function: fn.name,
    principal: "events.amazonaws.com",
    sourceArn: schedule.arn,
  })
}
