import type { Severity } from "./alarms.ts"
import { rotatingKey } from "./keys.ts"
import { administration, publishers } from "./policies.ts"
import type { Stage } from "./stage.ts"

export type Topics = Readonly<Record<Severity, aws.sns.Topic>>

/** One topic a severity, so that whoever wants to be woken by the critical ones only can subscribe to just those. */
export const topics = (stage: Stage) => {
  if (stage.alarmEmail === undefined) return undefined
  const key = alarmKey(stage, "AlarmKey")
  return {
    critical: topic(stage, "CriticalTopic", key, stage.alarmEmail),
    warning: topic(stage, "WarningTopic", key, stage.alarmEmail),
    info: topic(stage, "InfoTopic", key, stage.alarmEmail),
  }
}

/** An alarm can only reach a topic of its own region, and the firewall's is in us-east-1. */
export const edgeTopics = (stage: Stage, provider: aws.Provider) => {
  if (stage.alarmEmail === undefined) return {}
  const key = alarmKey(stage, "EdgeAlarmKey", provider)
  return { info: topic(stage, "EdgeInfoTopic", key, stage.alarmEmail, provider) }
}

/** AWS's own key for SNS cannot be opened to CloudWatch, so encrypted topics need one of ours. */
const alarmKey = (stage: Stage, name: string, provider?: aws.Provider) =>
  rotatingKey(stage, name, "alarms", { policy: keyPolicy() }, provider)

const keyPolicy = () =>
  aws.iam.getPolicyDocumentOutput({
    statements: [
      administration(),
      // In a key's own policy "*" is that key.
      ...publishers(["kms:Decrypt", "kms:GenerateDataKey"], ["*"]),
    ],
  }).json

const topic = (stage: Stage, name: string, key: aws.kms.Key, email: string, provider?: aws.Provider) => {
  const opts = provider ? { provider } : {}
  const created = new aws.sns.Topic(name, { name: `${$app.name}-${stage.name}-${name}`, kmsMasterKeyId: key.arn }, opts)
  new aws.sns.TopicPolicy(
    `${name}Policy`,
    {
      arn: created.arn,
      policy: aws.iam.getPolicyDocumentOutput({ statements: publishers(["sns:Publish"], [created.arn]) }).json,
    },
    opts,
  )
  new aws.sns.TopicSubscription(`${name}Email`, { topic: created.arn, protocol: "email", endpoint: email }, opts)
  return created
}
