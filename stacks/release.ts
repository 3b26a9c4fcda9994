import { type Alarm, alarmName } from "./alarms.ts"
import type { Stage } from "./stage.ts"

/** Whether new code gets a tenth of the traffic first, and is taken back when an alarm goes off. */
export const gradual = (stage: Stage) => stage.permanent && !$dev

/** Callers call this name of a function's; what it stands for is moved from version to version (stacks/release/). */
export const liveAlias = "live"

type Name = "webhook" | "worker"

/** The ARN that callers use: the alias where versions are released one by one, else the function as it is. */
export const live = (stage: Stage, logicalName: string, fn: sst.aws.Function): $util.Output<string> => {
  if (!gradual(stage)) return fn.arn
  const { name: functionName, version: functionVersion } = fn.nodes.function
  const alias = new aws.lambda.Alias(
    `${logicalName}Live`,
    { name: liveAlias, functionName, functionVersion },
    // CodeDeploy moves it. A deploy that did would send all traffic to the new version at once.
    { ignoreChanges: ["functionVersion", "routingConfig"] },
  )
  return alias.arn
}

/** Alarms that take a release back: those of the function's own failures, and of what they do to people. */
const takenBackBy: Readonly<Record<Name, ReadonlyArray<Alarm["name"]>>> = {
  worker: ["WorkerErrors", "WorkerErrorRate", "DeadLetters", "Parked", "SendFailures", "StartsLateFast"],
  webhook: ["WebhookErrors", "WebhookErrorRate", "Api5xx"],
}

interface Released {
  readonly fn: sst.aws.Function
  readonly live: $util.Output<string>
}

export const releases = (stage: Stage, functions: Readonly<Record<Name, Released>>) => {
  if (!gradual(stage)) return
  const name = `${$app.name}-${stage.name}`
  const application = new aws.codedeploy.Application("Releases", { name, computePlatform: "Lambda" })
  const role = releaseRole(Object.values(functions))
  for (const [of, logicalName] of [
    ["worker", "WorkerRelease"],
    ["webhook", "WebhookRelease"],
  ] as const) {
    new aws.codedeploy.DeploymentGroup(logicalName, {
      appName: application.name,
      deploymentGroupName: `${name}-${of}`,
      serviceRoleArn: role.arn,
      deploymentConfigName: "CodeDeployDefault.LambdaCanary10Percent5Minutes",
      deploymentStyle: { deploymentType: "BLUE_GREEN", deploymentOption: "WITH_TRAFFIC_CONTROL" },
      alarmConfiguration: { enabled: true, alarms: takenBackBy[of].map((alarm) => alarmName(stage, alarm)) },
      autoRollbackConfiguration: { enabled: true, events: ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"] },
    })
  }
}

const releaseRole = (functions: ReadonlyArray<Released>) => {
  const policy = aws.iam.getPolicyDocumentOutput({
    statements: [
      {
        actions: ["lambda:GetAlias", "lambda:UpdateAlias", "lambda:GetProvisionedConcurrencyConfig"],
        resources: functions.flatMap(({ fn, live }) => [fn.arn, live]),
      },
      { actions: ["cloudwatch:DescribeAlarms"], resources: ["*"] },
    ],
  })
  return new aws.iam.Role("ReleaseRole", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "codedeploy.amazonaws.com" }),
    inlinePolicies: [{ name: "release", policy: policy.json }],
  })
}
