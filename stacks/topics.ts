import type { Severity } from "./alarms.ts"
import { rotatingKey } from "./keys.ts"
import { administration, type Publisher, service } from "./policies.ts"
import type { Stage } from "./stage.ts"

export type Topics = Readonly<Record<Severity, aws.sns.Topic>>

const alarmsOnly: ReadonlyArray<Publisher> = ["cloudwatch.amazonaws.com"]
const alarmsAndBudget: ReadonlyArray<Publisher> = ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"]

/** One topic a severity, so that whoever wants to be woken by the critical ones only can subscribe to just those. */
export const topics = (stage: Stage) => {
  if (stage.alarmEmail === undefined) return undefined
  const topic = topicMaker(stage, stage.alarmEmail, alarmKey(stage, "AlarmKey", alarmsAndBudget), {})
  const critical = topic("CriticalTopic", alarmsOnly)
  const warning = topic("WarningTopic", alarmsOnly)
  page(stage, "Critical", critical)
  page(stage, "Warning", warning)
  return { critical, warning, info: topic("InfoTopic", alarmsAndBudget) }
}

/** An alarm can only reach a topic of its own region, and the firewall's is in us-east-1. */
export const edgeTopics = (stage: Stage, provider: aws.Provider) => {
  if (stage.alarmEmail === undefined) return {}
  const key = alarmKey(stage, "EdgeAlarmKey", alarmsOnly, provider)
  return { info: topicMaker(stage, stage.alarmEmail, key, { provider })("EdgeInfoTopic", alarmsOnly) }
}

/** AWS's own key for SNS cannot be opened to CloudWatch, so encrypted topics need one of ours. */
const alarmKey = (stage: Stage, name: string, publishers: ReadonlyArray<Publisher>, provider?: aws.Provider) => {
  // In a key's own policy "*" is that key.
  const uses = publishers.map((publisher) => service(publisher, ["kms:Decrypt", "kms:GenerateDataKey"], ["*"]))
  const policy = aws.iam.getPolicyDocumentOutput({ statements: [administration(), ...uses] }).json
  return rotatingKey(stage, name, "alarms", { policy }, provider ? { provider } : {})
}

const topicMaker =
  (stage: Stage, email: string, key: aws.kms.Key, opts: $util.CustomResourceOptions) =>
  (name: string, publishers: ReadonlyArray<Publisher>) => {
    const topic = new aws.sns.Topic(name, { name: `${$app.name}-${stage.name}-${name}`, kmsMasterKeyId: key.arn }, opts)
    const statements = publishers.map((publisher) => service(publisher, ["sns:Publish"], [topic.arn]))
    const policy = aws.iam.getPolicyDocumentOutput({ statements }).json
    new aws.sns.TopicPolicy(`${name}Policy`, { arn: topic.arn, policy }, opts)
    new aws.sns.TopicSubscription(`${name}Email`, { topic: topic.arn, protocol: "email", endpoint: email }, opts)
    return topic
  }

/** What such services make of the post is theirs: PagerDuty, Opsgenie and the like confirm the subscription by themselves. */
const page = ({ alarmUrl: endpoint }: Stage, severity: string, topic: aws.sns.Topic) => {
  if (endpoint === undefined) return
  new aws.sns.TopicSubscription(`${severity}TopicUrl`, {
    topic: topic.arn,
    protocol: "https",
    endpoint,
    endpointAutoConfirms: true,
  })
}
