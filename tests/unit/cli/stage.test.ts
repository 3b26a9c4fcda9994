import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { assert, describe, it, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { meaningOf, problemsOf } from "../../../packages/cli/commands/webhook/explain.ts"
import { usedKinds } from "../../../packages/core/updates/Update.ts"
import { sstOnPath } from "../../fixtures/cli/stage.ts"
import { Bot, botToken } from "../../fixtures/telegram/bot.ts"

const main = fileURLToPath(new URL("../../../packages/cli/main.ts", import.meta.url))
const webhookUrl = "https://d111111abcdef8.cloudfront.net/telegram/webhook"

/** As typed in another directory; the test's own server answers meanwhile. */
const type = Effect.fnUntraced(function* (args: ReadonlyArray<string>, env: Readonly<Record<string, string>>) {
  return yield* Effect.callback<{ status: number; stdout: string; stderr: string }>((resume) => {
    const options = { cwd: "/", env: { ...process.env, NO_COLOR: "1", ...env } }
    execFile(process.execPath, [main, ...args], options, (error, stdout, stderr) =>
      resume(Effect.succeed({ status: error === null ? 0 : Number(error.code), stdout, stderr })),
    )
  })
})

layer(Bot.layer())("--stage", (it) => {
  it.effect("runs the whole command again inside sst shell, on the stage's own URL, secret and token", () =>
    Effect.gen(function* () {
      const bot = yield* Bot
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

  it.effect("says what Telegram refuses in one line, and the token is not in it", () =>
    Effect.gen(function* () {
      const bot = yield* Bot
      const env = { TELEGRAM_API: bot.url, TELEGRAM_BOT_TOKEN: "4242:another" }
      const { status, stderr, stdout } = yield* type(["webhook", "info"], env)
      assert.deepStrictEqual([status, stdout, stderr], [2, "", "Telegram's getWebhookInfo: Unauthorized\n"])
    }),
  )

  it.effect("tells Telegram commands and profile from the brand", () =>
    Effect.gen(function* () {
      const bot = yield* Bot
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
