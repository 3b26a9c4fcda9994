import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type { Page } from "playwright-core"
import { emptyPage, isSkipped } from "./fixtures/chromium.ts"
import { foreignSite } from "./fixtures/foreignSite.ts"
import * as Host from "./support/Host.ts"
import { ask } from "./support/http.ts"
import { visitor, wordsOf } from "./support/visitor.ts"

/** Of another port of this machine: `127.0.0.1` is the host's own site, `localhost` another one. */
const names = ["127.0.0.1", "localhost"] as const

const siteAs = (name: string) => Effect.map(foreignSite, (origin) => origin.replace("127.0.0.1", name))

/** The texts that the bot has sent into a chat. */
const textsIn = (chatId: number) =>
  Effect.flatMap(Host.Host, (host) => Effect.map(host.messages(chatId), (messages) => messages.map(wordsOf)))

/** What `sendMessage` of the stand-in's Bot API is asked with. */
const messageUrl = (url: string, chatId: number, text: string) =>
  `${url}/bot4242:stand-in/sendMessage?${new URLSearchParams({ chat_id: String(chatId), text })}`

/** What the browser asks of the host, and the answers that it lets be seen: it holds back most. */
const watch = (page: Page, url: string) => {
  const seen = { asked: 0, statuses: new Set<number>() }
  page.on("request", (request) => {
    if (request.url().startsWith(url)) seen.asked += 1
  })
  page.on("response", (response) => {
    if (response.url().startsWith(url)) seen.statuses.add(response.status())
  })
  return seen
}

layer(Host.layer, { timeout: "60 seconds", excludeTestServices: true })("somebody else's page", (it) => {
  const inChromium = it.effect.skipIf(isSkipped)

  inChromium("reaches nothing of the host, from its own site or another", () =>
    Effect.gen(function* () {
      const { url } = yield* Host.Host
      yield* visitor(1).says("/help")
      const before = yield* textsIn(1)
      const page = yield* emptyPage()
      const seen = watch(page, url)
      for (const name of names) {
        const site = yield* siteAs(name)
        yield* Effect.promise(async () => {
          const query = new URLSearchParams({ bot: `${url}/bot4242:stand-in`, chat: "1", host: url })
          await page.goto(`${site}/?${query}`)
          await page.waitForFunction("document.title === 'done'")
          for (const frame of page.frames().slice(1)) assert.notInclude(await frame.content(), "<noscript>")
        })
      }
      assert.isAbove(seen.asked, 20)
      assert.deepStrictEqual([...seen.statuses], [403])
      assert.deepStrictEqual(yield* textsIn(1), before)
      // What is no browser may: the address was right.
      assert.strictEqual((yield* ask(messageUrl(url, 1, "a program"))).status, 200)
      assert.deepStrictEqual(yield* textsIn(1), [...before, "a program"])
    }),
  )

  inChromium("links to the page, and to nothing that changes something", () =>
    Effect.gen(function* () {
      const { url } = yield* Host.Host
      yield* visitor(2).says("/help")
      const before = yield* textsIn(2)
      const page = yield* emptyPage()
      for (const name of names) {
        const site = yield* siteAs(name)
        yield* Effect.promise(async () => {
          const follow = async (to: string) => {
            await page.goto(`${site}/link?${new URLSearchParams({ to })}`)
            await page.getByRole("link").click()
          }
          await follow(messageUrl(url, 2, "a link"))
          await page.getByText("answers only to").waitFor()
          await follow(`${url}/`)
          await page.getByRole("button", { name: "Start", exact: true }).waitFor()
          // An address that is typed, or opened by another program, counts as the visitor's own, wherever it then leads.
          for (const to of [messageUrl(url, 2, "a redirect"), messageUrl(url, 2, "typed")]) {
            const address = to.endsWith("typed") ? to : `${site}/moved?${new URLSearchParams({ to })}`
            assert.strictEqual((await page.goto(address))?.status(), 403, address)
          }
        })
      }
      assert.deepStrictEqual(yield* textsIn(2), before)
    }),
  )
})
