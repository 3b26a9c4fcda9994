import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import { AwsRefused } from "./Aws.ts"
import { ok, wrong } from "./Check.ts"
import { ask, awsCheck } from "./look.ts"

/** The stage's own region, and where a permanent one's edge has its alarms. */
export const alarmRegions = (region: string, isPermanent: boolean): ReadonlyArray<string> =>
  isPermanent && region !== "us-east-1" ? [region, "us-east-1"] : [region]

const Raised = Schema.Array(Schema.Tuple([Schema.String, Schema.String]))

export const alarms = (prefix: string, region: string) =>
  awsCheck(
    `alarms in ${region}`,
    Effect.map(
      ask(
        Raised,
        ...["cloudwatch", "describe-alarms", "--alarm-name-prefix", prefix, "--state-value", "ALARM"],
        ...["--region", region, "--query", "MetricAlarms[].[AlarmName,StateReason]"],
      ),
      (raised) =>
        raised.length === 0
          ? ok("none is raised")
          : wrong(raised.map(([name]) => name).join(", "), "docs/runbook.md has each: what to look at, what to type"),
    ),
  )

const Subscriptions = Schema.Array(
  Schema.Struct({
    TopicArn: Schema.String,
    Protocol: Schema.String,
    Endpoint: Schema.String,
    SubscriptionArn: Schema.String,
  }),
)

/** Until its mail is confirmed, a subscription is told of nothing. */
export const subscriptions = (prefix: string, region: string) =>
  awsCheck(
    `subscriptions in ${region}`,
    Effect.map(
      ask(
        Subscriptions,
        ...["sns", "list-subscriptions", "--region", region],
        ...["--query", `Subscriptions[?contains(TopicArn, ':${prefix}')]`],
      ),
      (all) => {
        const pending = all.filter(({ SubscriptionArn }) => SubscriptionArn === "PendingConfirmation")
        if (all.length === 0)
          return wrong("nobody is told of an alarm", "STAGE_ALARM_EMAIL in .env.<stage>, and deploy")
        if (pending.length === 0) return ok(`${all.length}, all confirmed`)
        const [first] = pending
        return wrong(
          `${pending.length} of ${all.length} not confirmed: ${pending.map(({ TopicArn }) => TopicArn.split(":").at(-1)).join(", ")}`,
          `open each mail "AWS Notification - Subscription Confirmation"; a new one: aws sns subscribe --region ${region} --topic-arn ${first?.TopicArn} --protocol ${first?.Protocol} --notification-endpoint ${first?.Endpoint}`,
        )
      },
    ),
  )

const Alarms = Schema.Array(Schema.Struct({ name: Schema.String, topic: Schema.NullOr(Schema.String) }))
const History = Schema.Array(Schema.String)

/** CloudWatch acts within seconds; a mail takes minutes, and only who gets it can tell. */
const untilActed = Schedule.spaced("2 seconds").pipe(Schedule.upTo({ times: 10 }))

/**
 * One alarm of each topic is set off, and CloudWatch's own history says whether the topic took it. `aws sns publish`
 * cannot try this: the topics' key gives people no data key.
 */
export const testAlarms = (prefix: string, region: string, now: string) =>
  awsCheck(
    `test alarms in ${region}`,
    Effect.gen(function* () {
      const all = yield* ask(
        Alarms,
        ...["cloudwatch", "describe-alarms", "--alarm-name-prefix", prefix, "--region", region],
        ...["--query", "MetricAlarms[].{name:AlarmName,topic:AlarmActions[0]}"],
      )
      const tried = [...Map.groupBy(all, ({ topic }) => topic ?? "").entries()].flatMap(([topic, [alarm]]) =>
        topic === "" || alarm === undefined ? [] : [alarm.name],
      )
      if (tried.length === 0) return wrong("no alarm has a topic", "STAGE_ALARM_EMAIL in .env.<stage>, and deploy")
      const silent = yield* Effect.filter(tried, (name) => Effect.map(acted(name, region, now), (was) => !was), {
        concurrency: 2,
      })
      return silent.length === 0
        ? ok(`${tried.join(", ")} went off, and each topic took it: two mails each within minutes, ALARM and OK`)
        : wrong(
            `${silent.join(", ")} went off, and no topic took it`,
            `aws cloudwatch describe-alarm-history --region ${region} --alarm-name ${silent[0]} --history-item-type Action`,
          )
    }),
  )

const acted = Effect.fnUntraced(function* (name: string, region: string, now: string) {
  yield* ask(
    Schema.Unknown,
    ...["cloudwatch", "set-alarm-state", "--region", region, "--alarm-name", name, "--state-value", "ALARM"],
    ...["--state-reason", "Does a mail arrive? (concierge doctor)"],
  )
  const look = ask(
    History,
    ...["cloudwatch", "describe-alarm-history", "--region", region, "--alarm-name", name],
    ...["--history-item-type", "Action", "--start-date", now, "--query", "AlarmHistoryItems[].HistorySummary"],
  )
  return yield* look.pipe(
    Effect.filterOrFail(
      (items) => items.some((item) => /success/i.test(item)),
      () => new AwsRefused({ code: "NotYet", says: "no action yet" }),
    ),
    Effect.retry({ schedule: untilActed, while: ({ code }) => code === "NotYet" }),
    Effect.as(true),
    Effect.catchIf(
      ({ code }) => code === "NotYet",
      () => Effect.succeed(false),
    ),
  )
})
