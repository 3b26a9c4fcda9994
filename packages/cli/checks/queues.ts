import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { ok, wrong } from "./Check.ts"
import { ask, awsCheck } from "./look.ts"

const Count = Schema.Struct({ Attributes: Schema.Struct({ ApproximateNumberOfMessages: Schema.NumberFromString }) })

const waitingIn = (url: string) =>
  Effect.map(
    ask(Count, "sqs", "get-queue-attributes", "--queue-url", url, "--attribute-names", "ApproximateNumberOfMessages"),
    ({ Attributes }) => Attributes.ApproximateNumberOfMessages,
  )

export const deadLetters = (url: string, stage: string) =>
  awsCheck(
    "dead letters",
    Effect.map(waitingIn(url), (count) =>
      count === 0
        ? ok("none")
        : wrong(`${count}, each an update that failed three times`, `npx concierge dlq list --stage ${stage}`),
    ),
  )

/** Seconds from which on a queue is late, as the alarms QueueOld and TapsOld have it. */
const late = { newcomers: 300, taps: 60 } as const
export type QueueName = keyof typeof late

const Ages = Schema.Array(Schema.NullOr(Schema.Finite))

/** CloudWatch has the age of the oldest message; of the last quarter of an hour. */
export const queueAge = (name: QueueName, url: string, now: number) => {
  const MetricStat = {
    Metric: {
      Namespace: "AWS/SQS",
      MetricName: "ApproximateAgeOfOldestMessage",
      Dimensions: [{ Name: "QueueName", Value: url.split("/").at(-1) }],
    },
    Period: 300,
    Stat: "Maximum",
  }
  const at = (before: number) => new Date(now - before).toISOString()
  return awsCheck(
    `queue of ${name}`,
    Effect.gen(function* () {
      const count = yield* waitingIn(url)
      const [age] = yield* ask(
        Ages,
        ...["cloudwatch", "get-metric-data", "--start-time", at(900_000), "--end-time", at(0)],
        ...["--metric-data-queries", JSON.stringify([{ Id: "age", MetricStat }])],
        ...["--query", "MetricDataResults[].Values[0]"],
      )
      const says = `${count} waiting, the oldest for ${age ?? 0} s`
      return (age ?? 0) <= late[name]
        ? ok(says)
        : wrong(
            says,
            "docs/runbook.md: a campaign goes faster than Telegram's limits, or the worker or Telegram is down",
          )
    }),
  )
}
