import { brand } from "@concierge/brands/concierge/brand.ts"
import { brand as marea } from "@concierge/brands/marea/brand.ts"
import { nobody } from "@concierge/cli/commands/smoke/TestPerson.ts"
import { isInShell } from "@concierge/cli/places/again.ts"
import { Brand } from "@concierge/core/brand/Brand.ts"
import { pathOf } from "@concierge/core/onboarding/Flow.ts"
import { assert, type Vitest } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { withEnvironment } from "../../../packages/local/aws/sdk.ts"
import { StandIn } from "../../../packages/local/telegram/StandIn.ts"
import { Stored } from "../../contract/suites/Stored.ts"
import * as Bot from "../../fixtures/telegram/bot.ts"
import { userOf } from "../../layers/seen.ts"
import { blocked, ok, rejected, TelegramTest } from "../../layers/telegram.ts"
import { says, somebody, taps } from "../../layers/updates.ts"
import { concierge, json } from "./concierge.ts"
import { type Operated, tell, work } from "./places.ts"
import { webhook } from "./webhook.ts"

/** All that is stored, as text. */
const everything = Effect.map(
  Effect.forEach(["users", "events", "sessions", "settings"] as const, (table) =>
    Stored.use((stored) => stored.all(table)),
  ),
  (tables) => JSON.stringify(tables),
)

const figures = Effect.map(
  Stored.use((stored) => stored.all("settings")),
  (settings) => settings.filter(({ key }) => String(key).startsWith("funnel#")),
)

const checks = (answer: { readonly checks: ReadonlyArray<{ readonly name: string; readonly is: string }> }) =>
  answer.checks.map(({ is, name }) => `${is} ${name}`)

/** Telegram's side of the operator's chat, on a stage asked before anything is sent. */
const withChat = (chatId: number) =>
  Effect.gen(function* () {
    yield* withEnvironment({ TELEGRAM_API: (yield* Bot.Bot).url })
    yield* (yield* StandIn).send({ chatId, text: "/start", from: { first_name: "Ada" } })
  })
const botLayer = Bot.layer({ botToken: "4242:test" })

export const smokes = (it: Vitest.MethodsNonLive<Operated>) => {
  it.effect("smoke brings a test person to the end, counts nothing and leaves nothing", () =>
    Effect.gen(function* () {
      const { answered } = yield* webhook
      // Whoever was waiting is counted.
      yield* work
      const [before, telegram] = [yield* figures, yield* TelegramTest]
      const sent = telegram.sends().length
      const answer = yield* json("smoke")
      assert.deepStrictEqual(checks(answer), [
        "OK another secret",
        ...(isInShell() ? ["OK past the edge"] : []),
        "OK webhook",
        "OK worker",
        ...brand.flow.steps.map(({ id }) => `OK step ${id}`),
        "OK delivered again",
        "OK records",
        "OK cleaning",
      ])
      assert.deepStrictEqual([answer.ok, answer.chat], [true, nobody])
      assert.deepStrictEqual([...new Set(answered)].sort(), isInShell() ? [200, 401, 403] : [200, 401])
      const sends = telegram.sends().slice(sent)
      assert.deepStrictEqual(
        sends.filter(({ message }) => message.chatId === nobody).map(({ method }) => method),
        ["sendVideo", "sendVoice", "sendMessage"],
      )
      assert.deepStrictEqual(yield* figures, before)
      for (const trace of [String(nobody), "Test "]) assert.notInclude(yield* everything, trace)
      // Nothing of one run is in the way of the next.
      assert.match((yield* concierge("smoke")).stdout, /OK {4}cleaning: .*\n\nNothing is wrong\.\n$/)
    }).pipe(Effect.scoped),
  )

  it.effect("smoke answers what another brand's flow asks", () =>
    Effect.gen(function* () {
      yield* Effect.provideService(webhook, Brand, marea)
      yield* withEnvironment({ BRAND: "marea" })
      assert.deepStrictEqual(
        checks(yield* json("smoke")).filter((name) => name.startsWith("OK step")),
        pathOf(marea.flow).map(({ id }) => `OK step ${id}`),
      )
    }).pipe(Effect.scoped),
  )

  it.effect("smoke ends where Telegram refuses to write to nobody, and finds fault when it refuses a chat", () =>
    Effect.gen(function* () {
      yield* webhook
      const telegram = yield* TelegramTest
      telegram.always = () => rejected
      const short = yield* json("smoke")
      assert.includeMembers(checks(short), [`note step ${brand.flow.first.id}`, "OK records", "OK cleaning"])
      const chat = somebody().id
      yield* withChat(chat)
      telegram.always = () => blocked
      const ran = yield* concierge("smoke", "--chat", String(chat), "--yes")
      telegram.always = () => ok
      assert.strictEqual(ran.status, 1, ran.stderr)
      assert.match(ran.stdout, /WRONG worker: Telegram lets the bot not write to chat \d+\n {6}→ open the bot there/)
      assert.match(ran.stdout, /OK {4}cleaning/)
      assert.notInclude(yield* everything, String(chat))
    }).pipe(Effect.provide(botLayer), Effect.scoped),
  )

  it.effect("smoke goes through the operator's own chat when they say so, and through nobody else's", () =>
    Effect.gen(function* () {
      yield* webhook
      const telegram = yield* TelegramTest
      const [mine, ana] = [somebody(), somebody()]
      yield* withChat(mine.id)
      yield* tell(yield* says(ana, "/start"))
      const before = yield* userOf(ana)
      const others = yield* concierge("smoke", "--chat", String(ana.id), "--yes")
      assert.deepInclude(others, { status: 2, stdout: "" })
      assert.match(others.stderr, /^chat \d+ is of somebody who uses the bot, .*\n$/)
      const eva = somebody()
      yield* tell(yield* says(eva, "/start"))
      yield* tell(yield* says(eva, "/forgetme"))
      const [yes = ""] = (telegram.sends().at(-1)?.message.buttons ?? []).flatMap((button) =>
        "data" in button ? [button.data] : [],
      )
      yield* tell(yield* taps(eva, yes))
      const gone = yield* concierge("smoke", "--chat", String(eva.id), "--yes")
      assert.match(gone.stderr, /^chat \d+ asked to be forgotten: nobody writes to it/)
      for (const chat of ["-1001", "ana"]) {
        assert.strictEqual((yield* concierge("smoke", `--chat=${chat}`)).status, 2)
      }
      if (isInShell()) {
        const asked = yield* concierge("smoke", "--chat", String(mine.id))
        assert.match(asked.stderr, /say --yes/)
        const unknown = yield* concierge("smoke", "--chat", String(somebody().id), "--yes")
        assert.match(unknown.stderr, /getChat: Bad Request: chat not found: open the bot/)
      }
      assert.deepStrictEqual(yield* userOf(ana), before)
      // The video of each, a question and a farewell: what they asked for themselves.
      const sentTo = (id: number) => telegram.sends().filter(({ message }) => message.chatId === id).length
      assert.deepStrictEqual(
        [ana, eva, mine].map(({ id }) => sentTo(id)),
        [1, 3, 0],
      )
      yield* withEnvironment({ SMOKE_CHAT: String(mine.id) })
      assert.include(yield* json("smoke", "--yes"), { ok: true, chat: mine.id })
      assert.strictEqual(telegram.sends().at(-1)?.message.chatId, mine.id)
    }).pipe(Effect.provide(botLayer), Effect.scoped),
  )

  it.effect("smoke says what it has not seen in time, cleans up, and what comes late comes to nothing", () =>
    Effect.gen(function* () {
      const site = yield* webhook
      site.isWorking = false
      const sent = (yield* TelegramTest).sends().length
      const ran = yield* concierge("smoke", "--within", "1s")
      assert.strictEqual(ran.status, 1)
      assert.match(ran.stdout, /WRONG worker: no worker began update \d+ within 1s\n {6}→ npx concierge doctor/)
      assert.match(ran.stdout, /OK {4}cleaning/)
      // Somebody stops it half-way.
      const fiber = yield* Effect.forkChild(concierge("smoke"))
      const isPosted = () => site.answered.filter((status) => status === 200).length === 2
      yield* Effect.repeat(Effect.sleep("20 millis"), { until: isPosted })
      yield* Fiber.interrupt(fiber)
      yield* work
      assert.lengthOf((yield* TelegramTest).sends(), sent)
      assert.notInclude(yield* everything, String(nobody))
      yield* withEnvironment({
        TELEGRAM_WEBHOOK_SECRET: "another",
        SST_RESOURCE_TelegramWebhookSecret: '{"value":"another"}',
      })
      const wrong = yield* concierge("smoke")
      assert.match(
        wrong.stdout.replaceAll(/\s+/g, " "),
        /WRONG webhook: answered with 401: the secret that is set is not the one that is deployed/,
      )
    }).pipe(Effect.scoped),
  )
}
