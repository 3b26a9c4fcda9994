import { brand } from "@concierge/brands/concierge/brand.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import type * as Scope from "effect/Scope"
import { freePort } from "../../packages/local/host/freePort.ts"
import { StandIn } from "../../packages/local/telegram/StandIn.ts"
import { states, stepOf } from "../fixtures/concierge.ts"
import * as Bot from "../fixtures/telegram/bot.ts"
import { botToken } from "../fixtures/telegram/bot.ts"
import { proxy } from "../layers/proxy.ts"
import { violationsOf } from "./fixtures/axe.ts"
import { complaintsOf, emptyPage, isSkipped } from "./fixtures/chromium.ts"
import { eventually } from "./support/eventually.ts"
import { start } from "./support/Host.ts"
import { ask } from "./support/http.ts"
import { announced, run, temporaryDirectory } from "./support/process.ts"

const people = Array.from({ length: 6 }, (_, index) => 8_001 + index)
const deaths = 2
const name = "Zephyquin"

/** Telegram in this process, so that it outlives the bot. */
const elsewhere = <A, E>(test: Effect.Effect<A, E, Bot.Bot | StandIn | Scope.Scope>) =>
  Effect.provide(Effect.scoped(test), Bot.layer({ botUsername: brand.bot.username }))

const messagesOf = (chatId: number) => StandIn.use((standIn) => standIn.messages(chatId))

const first = { text: "/start ref_real" }
const others = [{ callbackData: stepOf("voice").data }, { callbackData: stepOf("finish").data }]

/** The page of the real bot in Spanish, by the keyboard alone: ids and states, and a name when it is asked for. */
const onThePage = Effect.fnUntraced(function* (url: string, chat: string) {
  const page = yield* emptyPage({ locale: "es-ES", reducedMotion: "reduce" })
  const complaints = complaintsOf(page, url)
  yield* Effect.promise(async () => {
    await page.goto(`${url}/real.html`)
    await page.getByText("A la escucha: las actualizaciones llegan según se hacen.").waitFor()
    const person = page.getByRole("button", { name: chat })
    await person.focus()
    await page.keyboard.press("Enter")
    await page.locator(".states [aria-current=step]", { hasText: states.done }).waitFor()
    await page.locator(".update .outcome", { hasText: "applied" }).first().waitFor()
    await page.locator(".update summary").first().focus()
    await page.keyboard.press("Enter")
    await page.locator(".step", { hasText: "Terminar: anotar el resultado" }).waitFor()
    assert.notInclude(await page.locator("body").textContent(), name)
    assert.deepStrictEqual(await violationsOf(page), [])
    await page.getByRole("checkbox", { name: "Mostrar nombres y palabras" }).press("Space")
    await person.filter({ hasText: name }).waitFor()
    await page.getByRole("button", { name: "English" }).press("Enter")
    await page.getByText("Polling: updates come as they are made.").waitFor()
    assert.strictEqual(await page.locator("html").getAttribute("lang"), "en")
    assert.deepStrictEqual(complaints, [])
  })
})

describe("the real bot of a host", () => {
  it.live(
    "serves people by long polling, killed or not: nothing is lost and nothing repeated",
    () =>
      Effect.gen(function* () {
        const [standIn, { url }, data] = [yield* StandIn, yield* Bot.Bot, yield* temporaryDirectory]
        const settings = { CONCIERGE_DATA: data, TELEGRAM_BOT_TOKEN: botToken, TELEGRAM_API: url, LOG_LEVEL: "Warn" }
        const act = (what: { text: string } | { callbackData: string }) => (chatId: number) =>
          standIn.send({ chatId, from: { first_name: name, language_code: "en" }, ...what })
        const started: Array<number> = []

        for (let death = 0; death < deaths; death++) {
          yield* Effect.scoped(
            Effect.gen(function* () {
              const host = yield* start(settings)
              const { sent } = yield* standIn.counters
              started.push(...(yield* Effect.forEach(people.slice(death * 2, death * 2 + 2), act(first))))
              const more = yield* Random.nextIntBetween(0, 2)
              yield* eventually(
                "some of their messages",
                Effect.map(standIn.counters, (now) => (now.sent >= sent + more ? true : undefined)),
              )
              yield* host.process.kill("SIGKILL")
            }),
          )
        }
        const host = yield* start(settings)
        const read = (path: string) => Effect.map(ask(`${host.url}/real/${path}`), ({ text }) => text)
        const applied = (updateId: number) =>
          eventually(
            `the outcome of ${updateId}`,
            Effect.map(read(`events/${updateId}`), (event) => /"outcome":"applied"/.test(event) || undefined),
          )
        started.push(...(yield* Effect.forEach(people.slice(deaths * 2), act(first))))
        yield* Effect.forEach(started, applied)
        for (const what of others) yield* Effect.forEach(yield* Effect.forEach(people, act(what)), applied)

        for (const chatId of people) {
          const user = JSON.parse(yield* read(`users/telegram_${chatId}`))
          assert.deepInclude(user, { ref_code: "ref_real", state: brand.flow.steps.at(-1)?.state })
          // One more only for a death in the middle of a step, and those are counted.
          const { length } = yield* messagesOf(chatId)
          assert.isAtLeast(length, 3)
          assert.isAtMost(length, 3 + user.unresolved + user.ambiguous)
        }
        yield* eventually(
          "a poll that confirms the last of them",
          Effect.map(standIn.counters, ({ pending }) => (pending === 0 ? true : undefined)),
        )
        const all = people.length * 3
        const counts = { accepted: all, applied: all, ignored: 0, parked: 0, dead: 0, queued: 0 }
        assert.deepStrictEqual(JSON.parse(yield* read("stats")), counts)
        assert.deepInclude(JSON.parse(yield* read("standing")), { is: "polling", username: brand.bot.username })
        const person = `users/telegram_${people[0]}`
        assert.notInclude(yield* read(person), name)
        assert.include(yield* read(`${person}?names=1`), name)

        const told = new AbortController()
        const journal = yield* Effect.promise(async () => {
          const { body } = await fetch(`${host.url}/real/journal`, { signal: told.signal })
          let text = ""
          for await (const part of body ?? []) {
            text += Buffer.from(part).toString()
            if (text.includes("Users.commit")) break
          }
          return text
        })
        assert.include(journal, `"chat":"${people.at(-1)}"`)

        if (!isSkipped) yield* onThePage(host.url, String(people.at(-1)))

        // The stand-in's bot stays there beside it, and knows nobody of those.
        assert.strictEqual((yield* ask(`${host.url}/sandbox/${person}`)).status, 404)
        yield* host.outcome(yield* host.send({ chatId: 1, text: "/start" }))
        assert.deepStrictEqual([(yield* host.messages(1)).length, (yield* messagesOf(1)).length], [1, 0])
      }).pipe(Random.withSeed("real"), elsewhere),
    120_000,
  )

  it.live("says what is wrong with the token, the server's address and a webhook in one line, and stops", () =>
    Effect.gen(function* () {
      const bot = yield* Bot.Bot
      const { url } = bot
      const complaint = Effect.fnUntraced(function* (token: string, api: string, ...args: ReadonlyArray<string>) {
        const data = yield* temporaryDirectory
        const host = yield* run(
          { PORT: "0", CONCIERGE_DATA: data, TELEGRAM_BOT_TOKEN: token, TELEGRAM_API: api },
          ...args,
        )
        assert.strictEqual(yield* host.ended, 1)
        const lines = host.stderr().trimEnd().split("\n")
        assert.strictEqual(lines.length, 1, host.stderr())
        return lines[0] ?? ""
      })
      yield* bot.call((api) => api.setWebhook("https://127.0.0.1:1/"))
      const expected = [
        [complaint("4242:of-nobody", url), /^TELEGRAM_BOT_TOKEN is not a token that Telegram knows/],
        [complaint("nothing", url), /^TELEGRAM_BOT_TOKEN must be a bot's token/],
        [complaint(botToken, "telegram.org"), /^TELEGRAM_API must be the address/],
        [complaint(botToken, url), /^This bot has a webhook at https:\/\/127\.0\.0\.1:1, .*--take-over/],
      ] as const
      const said = yield* Effect.all(
        expected.map(([line]) => line),
        { concurrency: 4 },
      )
      for (const [index, [, words]] of expected.entries()) assert.match(said[index] ?? "", words)
    }).pipe(elsewhere),
  )

  it.live("takes a webhook away and puts it back over the real wire, secret included", () =>
    Effect.gen(function* () {
      const [bot, { url }, data] = [yield* Bot.Bot, yield* Bot.Bot, yield* temporaryDirectory]
      const hook = "https://127.0.0.1:1/hook"
      yield* bot.call((api) => api.setWebhook(hook, { secret_token: "deployed", max_connections: 7 }))
      const before = yield* bot.call((api) => api.getWebhookInfo())
      const settings = { TELEGRAM_BOT_TOKEN: botToken, TELEGRAM_API: url, TELEGRAM_WEBHOOK_SECRET: "deployed" }
      const host = yield* run({ PORT: "0", CONCIERGE_DATA: data, ...settings }, "--take-over")
      yield* announced(host)
      const webhookIs = (wanted: string) =>
        eventually(
          `the webhook ${wanted}`,
          Effect.map(
            bot.call((api) => api.getWebhookInfo()),
            (info) => (info.url === wanted ? info : undefined),
          ),
        )
      yield* webhookIs("")
      yield* host.kill("SIGTERM")
      const { last_error_date: _date, last_error_message: _message, ...after } = yield* webhookIs(hook)
      assert.deepStrictEqual({ ...before, allowed_updates: undefined }, { ...after, allowed_updates: undefined })
      assert.notInclude(host.stdout() + host.stderr(), "deployed")
    }).pipe(elsewhere),
  )

  it.live("without a token, TELEGRAM_API is whatever stands between the bot and the stand-in", () =>
    Effect.gen(function* () {
      const data = yield* temporaryDirectory
      const port = yield* freePort
      const between = yield* proxy(`http://127.0.0.1:${port}`)
      const host = yield* start({ CONCIERGE_DATA: data, PORT: String(port), TELEGRAM_API: `${between.url}/` })
      yield* host.outcome(yield* host.send({ chatId: 1, text: "/start" }))
      assert.strictEqual((yield* host.messages(1)).length, 1)
      assert.include(
        between.requests.map(({ path }) => path.replace(/^.*\//, "")),
        "sendVideo",
      )
    }),
  )
})
