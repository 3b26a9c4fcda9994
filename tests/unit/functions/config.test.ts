import { problemOf } from "@concierge/aws/lambda/read.ts"
import { assert, describe, it } from "@effect/vitest"
import type { ConfigError } from "effect/Config"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { webhookConfig } from "../../../packages/functions/config/webhook.ts"
import { workerConfig } from "../../../packages/functions/config/worker.ts"

const environment = {
  STAGE: "prod",
  UpdateQueue: { url: "https://sqs.eu-central-1.amazonaws.com/1/UpdateQueue" },
  TapQueue: { url: "https://sqs.eu-central-1.amazonaws.com/1/TapQueue" },
  TelegramWebhookSecret: { value: "s3cret" },
  TelegramBotToken: { value: "4242:token" },
  TombstoneKey: { value: "tombstones" },
  UsersTable: { name: "users" },
  EventsTable: { name: "events" },
  SessionsTable: { name: "sessions" },
  SettingsTable: { name: "settings" },
  MediaBucket: { name: "media" },
  GreetingsBucket: { name: "greetings" },
}

/** The environment with these changes; undefined takes a piece away. */
const inEnvironment =
  (changes: Readonly<Record<string, unknown>> = {}) =>
  <A, R>(config: Effect.Effect<A, ConfigError, R>) =>
    Effect.provideService(
      config,
      ConfigProvider.ConfigProvider,
      ConfigProvider.fromUnknown({ ...environment, ...changes }),
    )

const problemWith = <A, R>(config: Effect.Effect<A, ConfigError, R>, changes: Readonly<Record<string, unknown>>) =>
  Effect.map(Effect.flip(inEnvironment(changes)(config)), problemOf)

describe("configuration", () => {
  it.effect("the worker's, with what is taken where nothing is said", () =>
    Effect.gen(function* () {
      const { botToken, mediaUrlLifetime, tombstones, ...rest } = yield* inEnvironment()(workerConfig)
      assert.strictEqual(Redacted.value(botToken), "4242:token")
      assert.deepStrictEqual([Redacted.value(tombstones.key), tombstones.former], ["tombstones", undefined])
      assert.strictEqual(Duration.toMinutes(mediaUrlLifetime), 10)
      assert.deepStrictEqual(rest, {
        stage: "prod",
        logLevel: "Info",
        queues: { url: environment.UpdateQueue.url, tapUrl: environment.TapQueue.url },
        telegramApi: "https://api.telegram.org",
        retention: Duration.days(90),
        tables: { users: "users", events: "events", sessions: "sessions", settings: "settings" },
        mediaBucket: "media",
        greetingsBucket: "greetings",
      })
    }),
  )

  it.effect("the worker's, with everything said", () =>
    Effect.gen(function* () {
      const config = yield* inEnvironment({
        TELEGRAM_API: "http://127.0.0.1:8787/",
        EVENT_RETENTION_DAYS: "30",
        MEDIA_URL_MINUTES: "1440",
        LOG_LEVEL: "Debug",
      })(workerConfig)
      assert.deepInclude(config, {
        telegramApi: "http://127.0.0.1:8787",
        retention: Duration.days(30),
        logLevel: "Debug",
      })
      assert.strictEqual(Duration.toHours(config.mediaUrlLifetime), 24)
    }),
  )

  it.effect("the webhook's secrets may be missing", () =>
    Effect.gen(function* () {
      const { originSecret, secret } = yield* inEnvironment({ TelegramWebhookSecret: undefined })(webhookConfig)
      assert.deepStrictEqual([secret, originSecret], [undefined, undefined])
      const locked = yield* inEnvironment({ OriginSecret: { value: "0rigin" } })(webhookConfig)
      assert.strictEqual(locked.originSecret && Redacted.value(locked.originSecret), "0rigin")
    }),
  )

  it.effect("secrets that were replaced come with the moment until which they count", () =>
    Effect.gen(function* () {
      const until = "2026-11-27T10:30:00.000Z"
      const former = `the-one-before@${until}`
      const changes = {
        FormerWebhookSecret: { value: former },
        TombstoneKey: { value: "tombstones", former: `4242:old@${until}` },
      }
      const { formerSecret } = yield* inEnvironment(changes)(webhookConfig)
      const { tombstones } = yield* inEnvironment(changes)(workerConfig)
      assert.deepStrictEqual(
        [formerSecret, tombstones.former].map((one) => one && [Redacted.value(one.value), one.until]),
        [
          ["the-one-before", until],
          ["4242:old", until],
        ],
      )
      for (const value of ["no-moment", "soon@tomorrow", `@${until}`]) {
        const problem = yield* problemWith(webhookConfig, { FormerWebhookSecret: { value } })
        assert.include(problem, "configuration: FormerWebhookSecret.value is missing or malformed")
        assert.notInclude(problem, value)
      }
    }),
  )

  it.effect("behind an edge the webhook does not start without the edge's secret", () =>
    Effect.gen(function* () {
      const problem = yield* problemWith(webhookConfig, { ORIGIN_HEADER: "x-origin-verify" })
      assert.include(problem, "configuration: OriginSecret.value is missing")
    }),
  )

  it.effect.each(["UpdateQueue.url", "TapQueue.url", "STAGE"])("the webhook names what is missing: %s", (path) =>
    Effect.gen(function* () {
      const problem = yield* problemWith(webhookConfig, { [path.split(".", 1)[0] ?? ""]: undefined })
      assert.match(problem, new RegExp(`^configuration: ${path} is missing or malformed: .+$`))
    }),
  )

  it.effect.each([
    ["UpdateQueue.url", {}],
    ["TapQueue.url", {}],
    ["STAGE", ""],
    ["TelegramBotToken.value", { value: "no-token" }],
    ["TombstoneKey.value", undefined],
    ["UsersTable.name", undefined],
    ["EventsTable.name", {}],
    ["SessionsTable.name", { name: "" }],
    ["SettingsTable.name", undefined],
    ["MediaBucket.name", undefined],
    ["GreetingsBucket.name", undefined],
    ["EVENT_RETENTION_DAYS", "18"],
    ["MEDIA_URL_MINUTES", "1441"],
    ["MEDIA_URL_MINUTES", "0"],
    ["TELEGRAM_API", "telegram"],
    ["LOG_LEVEL", "loud"],
  ] as const)("the worker names what is missing or malformed, in one line without the value: %s", ([path, value]) =>
    Effect.gen(function* () {
      const problem = yield* problemWith(workerConfig, { [path.split(".", 1)[0] ?? ""]: value })
      assert.match(problem, new RegExp(`^configuration: ${path} is missing or malformed: .+$`))
      assert.notInclude(problem, "no-token")
    }),
  )
})
