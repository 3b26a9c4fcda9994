import { type Alarm, alarmName, type Severity } from "./alarms.ts"
import { alarmPeriodSeconds } from "./limits.ts"
import type { Stage } from "./stage.ts"

type Topics = Readonly<Partial<Record<Severity, aws.sns.Topic>>>

/** Makes one alarm. Without a topic (a personal stage) it is there to be seen, and tells nobody. */
export const watch = (stage: Stage, alarm: Alarm, topics: Topics, opts: $util.CustomResourceOptions = {}) => {
  const topic = topics[alarm.severity]
  const actions = topic ? [topic.arn] : []
  return new aws.cloudwatch.MetricAlarm(
    `${alarm.name}Alarm`,
    {
      name: alarmName(stage, alarm.name),
      alarmDescription: `${alarm.severity}: ${alarm.says}`,
      comparisonOperator: "GreaterThanThreshold",
      threshold: alarm.over,
      evaluationPeriods: alarm.times ?? 1,
      // No traffic is no trouble; what must not fall silent is watched by the queue's age, and by the watcher.
      treatMissingData: alarm.missing ?? "notBreaching",
      alarmActions: actions,
      okActions: actions,
      ...(alarm.value === undefined ? single(alarm) : computed(alarm, alarm.value)),
    },
    opts,
  )
}

const single = ({ name, series, windowSeconds = alarmPeriodSeconds }: Alarm) => {
  const [only, another] = Object.values(series)
  if (only === undefined || another !== undefined) throw new Error(`Alarm ${name}: several series need a value`)
  const { stat, ...metric } = only
  const statistic = stat.startsWith("p") ? { extendedStatistic: stat } : { statistic: stat }
  return { ...metric, ...statistic, period: windowSeconds }
}

const computed = ({ name, series, windowSeconds = alarmPeriodSeconds }: Alarm, expression: string) => ({
  metricQueries: [
    { id: "value", expression, label: name, returnData: true },
    ...Object.entries(series).map(([id, metric]) => ({ id, metric: { ...metric, period: windowSeconds } })),
  ],
})
