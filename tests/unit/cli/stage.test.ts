import { execFile } from "node:child_process"
import { createServer, type Server } from "node:http"
import { text } from "node:stream/consumers"
import { fileURLToPath } from "node:url"
import { brand } from "@concierge/brands/concierge/brand.ts"
import { assert, describe, it, layer } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { meaningOf, problemsOf } from "../../../packages/cli/commands/webhook/explain.ts"
import { usedKinds } from "../../../packages/core/updates/Update.ts"
import { withoutProgress } from "../../fixtures/cli/progress.ts"
import { sstOnPath } from "../../fixtures/cli/stage.ts"
import * as Bot from "../../fixtures/telegram/bot.ts"
import { botToken } from "../../fixtures/telegram/bot.ts"

interface Asked {
  readonly TableName?: string
  readonly Item?: object
}

/** DynamoDB with empty tables. */
class EmptyTables extends Context.Service<
  EmptyTables,
  { readonly endpoint: string; readonly asked: ReadonlyArray<Asked> }
>()("@concierge/tests/EmptyTables") {}

const emptyTables = Layer.effect(
  EmptyTables,
  Effect.gen(function* () {
    const asked: Array<Asked> = []
    const server = yield* Effect.acquireRelease(
      Effect.callback<Server>((resume) => {
        const server = createServer(async (request, response) => {
          asked.push(JSON.parse(await text(request)))
          response
            .writeHead(200, { "content-type": "application/x-amz-json-1.0" })
            .end('{"Items":[],"Count":0,"ScannedCount":0,"Table":{"ItemCount":0}}')
        }).listen(0, "127.0.0.1", () => resume(Effect.succeed(server)))
      }),
      (server) => Effect.sync(() => server.close()),
    )
    const address = server.address()
    const port = typeof address === "object" && address !== null ? address.port : 0
    return EmptyTables.of({ endpoint: `http://127.0.0.1:${port}`, asked })
  }),
)

/** Whoever calls AWS. */
const operator = { AWS_REGION: "eu-central-1", AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" }

const main = fileURLToPath(new URL("../../../packages/cli/main.ts", import.meta.url))
const webhookUrl = "https://d111111abcdef8.cloudfront.net/telegram/webhook"

/** As typed in another directory; the test's own server answers meanwhile. */
const type = Effect.fnUntraced(function* (args: ReadonlyArray<string>, env: Readonly<Record<string, string>>) {
  return yield* Effect.callback<{ status: number; stdout: string; stderr: string }>((resume) => {
    const options = { cwd: "/", env: { ...process.env, NO_COLOR: "1", ...env } }
    execFile(process.execPath, [main, ...args], options, (error, stdout, stderr) =>
      resume(
        Effect.succeed({ status: error === null ? 0 : Number(error.code), stdout, stderr: withoutProgress(stderr) }),
      ),
    )
  })
})

layer(Layer.merge(Bot.layer(), emptyTables))("--stage", (it) => {
  it.effect("runs the whole command again inside sst shell, on the stage's own URL, secret and token", () =>
    Effect.gen(function* () {
      const bot = yield* Bot.Bot
      const { path: PATH } = yield* sstOnPath(webhookUrl, botToken)
      const env = { PATH, TELEGRAM_API: bot.url, BRAND: "concierge" }
      const set = yield* type(["webhook", "set", "--stage", "prod", "--json"], env)
      assert.deepInclude(set, { status: 0, stderr: "" })
      const info = yield* bot.call((api) => api.getWebhookInfo())
      assert.deepInclude(info, { url: webhookUrl, max_connections: 40 })
      assert.deepStrictEqual<unknown>(info.allowed_updates, usedKinds)
      assert.deepStrictEqual(JSON.parse(set.stdout).url, webhookUrl)
      // A name with spaces, and an exit code that is not 0 or 1, come through whole.
      const edited = yield* type(
        ["link", "create", "--name", "Poster in town", "--until", "no day", "--stage", "prod"],
        env,
      )
      assert.deepInclude(edited, { status: 2, stdout: "" })
      assert.match(edited.stderr, /"no day" is no day/)
    }),
  )

  it.effect("asks the stage's own tables for links and counters", () =>
    Effect.gen(function* () {
      const { asked, endpoint } = yield* EmptyTables
      const { path: PATH } = yield* sstOnPath(webhookUrl, botToken)
      const env = { PATH, AWS_ENDPOINT_URL_DYNAMODB: endpoint, ...operator }
      const made = yield* type(["link", "create", "--name", "Poster in town", "--stage", "prod", "--json"], env)
      assert.deepInclude(made, { status: 0, stderr: "" })
      const [{ id, name }] = JSON.parse(made.stdout)
      assert.containSubset(asked.at(-1), { TableName: "prod-settings", Item: { key: { S: `link#${id}` } } })
      const [funnel, recount] = yield* Effect.all(
        [
          type(["funnel", "--stage", "prod"], env),
          type(["recount", "--stage", "prod", "--json"], { ...env, EVENT_RETENTION_DAYS: "30" }),
        ],
        { concurrency: 2 },
      )
      assert.deepStrictEqual(
        [name, funnel],
        ["Poster in town", { status: 2, stdout: "", stderr: "nobody has started yet\n" }],
      )
      assert.deepInclude(JSON.parse(recount.stdout), { events: 0, differences: [] })
      assert.sameMembers([...new Set(asked.map(({ TableName }) => TableName))], ["prod-settings", "prod-events"])
    }),
  )

  it.effect("says what Telegram refuses in one line, and the token is not in it", () =>
    Effect.gen(function* () {
      const bot = yield* Bot.Bot
      const env = { TELEGRAM_API: bot.url, TELEGRAM_BOT_TOKEN: "4242:another" }
      const { status, stderr, stdout } = yield* type(["webhook", "info"], env)
      assert.deepStrictEqual([status, stdout, stderr], [2, "", "Telegram's getWebhookInfo: Unauthorized\n"])
    }),
  )

  it.effect("tells Telegram commands and profile from the brand", () =>
    Effect.gen(function* () {
      const bot = yield* Bot.Bot
      const env = { TELEGRAM_API: bot.url, TELEGRAM_BOT_TOKEN: botToken }
      yield* type(["commands", "set"], env)
      assert.include(
        (yield* bot.call((api) => api.getMyCommands())).map(({ command }) => command),
        "forgetme",
      )
      const { stdout } = yield* type(["profile", "set", "--json"], env)
      assert.deepInclude(JSON.parse(stdout), { method: "setMyDescription", language: "es" })
      assert.isNotEmpty((yield* bot.call((api) => api.getMyDescription({ language_code: "es" }))).description)
    }),
  )
})

const wholeToken = `4242:${"a".repeat(35)}`

layer(Layer.merge(Bot.layer({ botToken: wholeToken }), emptyTables))("a whole stage", (it) => {
  const brandVoices = Object.values(brand.languages).map(({ voice }) => voice.id)
  const answers = {
    "get-caller-identity": { Account: "123456789012", Arn: "arn:aws:sts::123456789012:assumed-role/a/b" },
    "get-account-settings": { AccountLimit: { ConcurrentExecutions: 1_000 } },
    "list-distributions": 1,
    "describe-voices": brandVoices,
    "describe-table": "ACTIVE",
    "head-bucket": undefined,
    "list-objects-v2": ["media/welcome/v1/welcome_en.mp4"],
    "get-queue-attributes": { Attributes: { ApproximateNumberOfMessages: "0" } },
    "get-metric-data": [null],
    "describe-alarms": [],
    "list-subscriptions": [],
    "filter-log-events": { events: [] },
  }

  it.effect("passes its preflight, and the doctor finds what is not done yet", () =>
    Effect.gen(function* () {
      const { url } = yield* Bot.Bot
      const { endpoint } = yield* EmptyTables
      const { path: PATH } = yield* sstOnPath(webhookUrl, wholeToken, answers)
      const env = {
        ...{ PATH, TELEGRAM_API: url, STAGE_ALARM_EMAIL: "a@example.com", AWS_ENDPOINT_URL_DYNAMODB: endpoint },
        ...operator,
      }
      const before = yield* type(["preflight", "--stage", "prod", "--json"], env)
      assert.deepInclude(before, { status: 0, stderr: "" })
      assert.strictEqual(JSON.parse(before.stdout).checks.length, 7)
      const after = yield* type(["doctor", "--stage", "prod", "--json"], env)
      assert.deepInclude(after, { status: 1, stderr: "" })
      const { checks }: { checks: ReadonlyArray<{ name: string; is: string; mend?: string }> } = JSON.parse(
        after.stdout,
      )
      assert.deepStrictEqual(
        checks.filter(({ is }) => is === "wrong").map(({ name }) => name),
        ["webhook", "videos", "subscriptions in eu-central-1", "subscriptions in us-east-1"],
      )
      for (const { is, mend, name } of checks) if (is === "wrong") assert.isNotEmpty(mend, name)
    }),
  )
})

describe("what Telegram says of a webhook", () => {
  const good = { url: webhookUrl, pending_update_count: 0, max_connections: 40, allowed_updates: usedKinds }

  it("is explained in words, and old errors are none", () => {
    assert.deepStrictEqual(problemsOf(good, webhookUrl, 10_000), [])
    const failed = {
      ...good,
      last_error_date: 9_900,
      last_error_message: "Wrong response from the webhook: 401 Unauthorized",
    }
    assert.match(problemsOf(failed, webhookUrl, 10_000).join(), /secret that Telegram has is not the deployed one/)
    assert.deepStrictEqual(problemsOf(failed, webhookUrl, 99_000), [])
    assert.match(
      problemsOf({ ...good, url: "https://example.com/x" }, webhookUrl, 1).join(),
      /example\.com, not to this stage/,
    )
    assert.match(problemsOf({ ...good, url: "" }, webhookUrl, 1).join(), /none is set/)
    assert.match(problemsOf({ ...good, allowed_updates: ["message"] }, webhookUrl, 1).join(), /callback_query/)
  })

  it.each([
    ["Wrong response from the webhook: 403 Forbidden", /edge refused/],
    ["Wrong response from the webhook: 503 Service Unavailable", /queue takes nothing/],
    ["Read timeout expired", /did not answer in time/],
    ["Connection timed out", /did not answer in time/],
    ["Failed to resolve host: Name or service not known", /DNS/],
    ["SSL error {error:0A000086:SSL routines::certificate verify failed}", /certificate/],
    ["Something new", /Telegram's last error: Something new/],
  ])("%s", (message, expected) => assert.match(meaningOf(message), expected))
})
