import { brand as concierge } from "@concierge/brands/concierge/brand.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Aws, refusalIn } from "../../../packages/cli/checks/Aws.ts"
import { cloudFront, concurrency, hostedZone, identity } from "../../../packages/cli/checks/account.ts"
import { alarms, subscriptions, testAlarms } from "../../../packages/cli/checks/alarms.ts"
import type { Check } from "../../../packages/cli/checks/Check.ts"
import { wrong } from "../../../packages/cli/checks/Check.ts"
import { deadLetters, queueAge } from "../../../packages/cli/checks/queues.ts"
import { secretsAreSet } from "../../../packages/cli/checks/secrets.ts"
import { buckets, codeCache, tables, videos } from "../../../packages/cli/checks/stage.ts"
import { voices } from "../../../packages/cli/checks/voices.ts"
import { stageOf } from "../../../stacks/stage.ts"

/** The command line's answers by operation, each its JSON, or what it writes of a refusal. */
type Answers = Readonly<Record<string, unknown>>

const refusing = (text: string) => ({ refused: text })

const awsLayer = (answers: Answers, asked: Array<string> = []) =>
  Layer.succeed(Aws, {
    ask: (args) => {
      asked.push(args.join(" "))
      const answer = answers[args[1] ?? ""]
      return typeof answer === "object" && answer !== null && "refused" in answer
        ? Effect.fail(refusalIn(String(answer.refused)))
        : Effect.succeed(answer)
    },
  })

const look = (check: Check<Aws>, answers: Answers) => Effect.provide(check.look, awsLayer(answers))

const stage = stageOf("prod", { STAGE_ALARM_EMAIL: "a@example.com" })
const limit = (ConcurrentExecutions: number) => ({ "get-account-settings": { AccountLimit: { ConcurrentExecutions } } })

describe("preflight", () => {
  it.effect("says who is signed in, and how to sign in", () =>
    Effect.gen(function* () {
      const known = {
        "get-caller-identity": { Account: "123456789012", Arn: "arn:aws:sts::123456789012:assumed-role/a/b" },
      }
      assert.deepInclude(yield* look(identity, known), { is: "OK" })
      for (const text of [
        'Unable to locate credentials. You can configure credentials by running "aws configure".',
        "Error when retrieving token from sso: Token has expired and refresh failed",
        "An error occurred (ExpiredToken) when calling the GetCallerIdentity operation: The security token included in the request is expired",
      ]) {
        const verdict = yield* look(identity, { "get-caller-identity": refusing(text) })
        assert.strictEqual(verdict.is, "wrong")
        assert.match("mend" in verdict ? String(verdict.mend) : "", /aws sso login/)
      }
    }),
  )

  it.effect("knows that a new account's ten would starve the webhook", () =>
    Effect.gen(function* () {
      const starved = yield* look(concurrency(stage), limit(10))
      assert.deepInclude(starved, { is: "wrong" })
      assert.match(JSON.stringify(starved), /request-service-quota-increase .*L-B99A9384.*STAGE_MAX_CONCURRENCY=5/)
      assert.deepInclude(yield* look(concurrency({ ...stage, maxConcurrency: 5 }), limit(10)), { is: "note" })
      assert.deepInclude(yield* look(concurrency(stage), limit(1_000)), { is: "OK" })
      const clock = refusing(
        "An error occurred (SignatureDoesNotMatch) when calling the GetAccountSettings operation: Signature expired: 20260101T000000Z is now earlier than 20260101T001000Z",
      )
      assert.match(JSON.stringify(yield* look(concurrency(stage), { "get-account-settings": clock })), /set-ntp/)
    }),
  )

  it.effect("looks at CloudFront, voices and the hosted zone", () =>
    Effect.gen(function* () {
      assert.deepInclude(yield* look(cloudFront, { "list-distributions": 0 }), { is: "note" })
      assert.deepInclude(yield* look(cloudFront, { "list-distributions": 2 }), { is: "OK" })
      const spoken = Object.values(concierge.languages).map(({ voice }) => voice.id)
      assert.deepInclude(yield* look(voices(concierge, "eu-central-1"), { "describe-voices": spoken }), { is: "OK" })
      const few = yield* look(voices(concierge, "eu-north-1"), { "describe-voices": spoken.slice(1) })
      assert.deepInclude(few, { is: "wrong" })
      assert.include(few.says, String(spoken[0]))
      const zones = { "list-hosted-zones": ["example.com."] }
      assert.deepInclude(yield* look(hostedZone("bot.example.com"), zones), { is: "OK" })
      assert.deepInclude(yield* look(hostedZone("bot.anexample.com"), zones), { is: "wrong" })
      const denied = refusing(
        "An error occurred (AccessDenied) when calling the ListHostedZones operation: User: arn:aws:iam::1:user/a is not authorized to perform: route53:ListHostedZones",
      )
      assert.match((yield* look(hostedZone("example.com"), { "list-hosted-zones": denied })).says, /lets you not look/)
    }),
  )

  it.effect("names each secret that is not set or not well-formed, and never its value", () =>
    Effect.gen(function* () {
      const values = Effect.succeed(new Map([["TelegramBotToken", "not-a-token"]]))
      const verdict = yield* secretsAreSet("prod", values).look
      assert.match(verdict.says, /TelegramBotToken is not well-formed; TelegramWebhookSecret is not set/)
      assert.notInclude(JSON.stringify(verdict), "not-a-token")
      const unread = wrong("SST cannot list them", "again")
      assert.deepStrictEqual(yield* secretsAreSet("prod", Effect.fail(unread)).look, unread)
    }),
  )
})

describe("doctor", () => {
  const stored = { tables: { users: "u" }, buckets: { media: "m" } }

  it.effect("looks at tables, buckets and videos", () =>
    Effect.gen(function* () {
      assert.deepInclude(yield* look(tables(stored, "deploy"), { "describe-table": "ACTIVE" }), { is: "OK" })
      const gone = refusing(
        "An error occurred (ResourceNotFoundException) when calling the DescribeTable operation: Requested resource not found: Table: u not found",
      )
      assert.deepInclude(yield* look(tables(stored, "deploy"), { "describe-table": gone }), {
        is: "wrong",
        says: "users is not there",
      })
      const noBucket = refusing("An error occurred (404) when calling the HeadBucket operation: Not Found")
      assert.deepInclude(yield* look(buckets(stored, "deploy"), { "head-bucket": noBucket }), { is: "wrong" })
      assert.deepInclude(yield* look(buckets(stored, "deploy"), { "head-bucket": undefined }), { is: "OK" })
      const none = yield* look(videos(concierge, "m", "prod"), { "list-objects-v2": null })
      assert.match(JSON.stringify(none), /media\/welcome\/v1\/welcome_en\.mp4.*media upload --stage prod/)
    }),
  )

  it.effect("looks at queues and dead letters", () =>
    Effect.gen(function* () {
      const count = (ApproximateNumberOfMessages: string) => ({ Attributes: { ApproximateNumberOfMessages } })
      const url = "https://sqs.eu-central-1.amazonaws.com/123456789012/q"
      assert.deepInclude(yield* look(deadLetters(url, "prod"), { "get-queue-attributes": count("0") }), { is: "OK" })
      assert.match(
        JSON.stringify(yield* look(deadLetters(url, "prod"), { "get-queue-attributes": count("3") })),
        /"wrong".*dlq list --stage prod/,
      )
      const old = { "get-queue-attributes": count("9"), "get-metric-data": [301] }
      assert.deepInclude(yield* look(queueAge("newcomers", url, 0), old), { is: "wrong" })
      assert.deepInclude(yield* look(queueAge("newcomers", url, 0), { ...old, "get-metric-data": [null] }), {
        is: "OK",
      })
      assert.deepInclude(yield* look(queueAge("taps", url, 0), { ...old, "get-metric-data": [61] }), { is: "wrong" })
    }),
  )

  it.effect("looks at alarms, subscriptions and the code cache", () =>
    Effect.gen(function* () {
      const raised = { "describe-alarms": [["concierge-prod-DeadLetters", "Threshold Crossed"]] }
      assert.deepInclude(yield* look(alarms("concierge-prod-", "eu-central-1"), raised), {
        is: "wrong",
        says: "concierge-prod-DeadLetters",
      })
      assert.deepInclude(yield* look(alarms("concierge-prod-", "eu-central-1"), { "describe-alarms": [] }), {
        is: "OK",
      })
      const subscription = (SubscriptionArn: string) => ({
        TopicArn: "arn:aws:sns:eu-central-1:123456789012:concierge-prod-CriticalTopic",
        Protocol: "email",
        Endpoint: "a@example.com",
        SubscriptionArn,
      })
      const ofAll = (...arns: ReadonlyArray<string>) =>
        look(subscriptions("concierge-prod-", "eu-central-1"), { "list-subscriptions": arns.map(subscription) })
      assert.match(
        JSON.stringify(yield* ofAll("PendingConfirmation", "arn:x")),
        /1 of 2 not confirmed: concierge-prod-CriticalTopic/,
      )
      assert.deepInclude(yield* ofAll("arn:x"), { is: "OK" })
      assert.deepInclude(yield* ofAll(), { is: "wrong" })
      const rejected = { "filter-log-events": { events: [{ message: "…" }] } }
      assert.deepInclude(yield* look(codeCache("concierge-prod-webhook", 0), rejected), { is: "wrong" })
    }),
  )

  it.effect("sets off one alarm a topic, and believes CloudWatch's history only", () =>
    Effect.gen(function* () {
      const asked: Array<string> = []
      const answers = {
        "describe-alarms": [
          { name: "DeadLetters", topic: "critical" },
          { name: "Parked", topic: "critical" },
          { name: "Api4xx", topic: "info" },
          { name: "silent", topic: null },
        ],
        "set-alarm-state": undefined,
        "describe-alarm-history": ["Successfully executed action arn:aws:sns:eu-central-1:123456789012:critical"],
      }
      const check = testAlarms("concierge-prod-", "eu-central-1", "2026-03-01T00:00:00.000Z")
      assert.deepInclude(yield* Effect.provide(check.look, awsLayer(answers, asked)), { is: "OK" })
      const set = asked.filter((line) => line.includes("set-alarm-state"))
      assert.deepStrictEqual(
        set.map((line) => /--alarm-name (\w+)/.exec(line)?.[1]),
        ["DeadLetters", "Api4xx"],
      )
    }),
  )
})
