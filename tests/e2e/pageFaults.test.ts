import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type { Page } from "playwright-core"
import { states } from "../fixtures/concierge.ts"
import { another, complaintsOf, isSkipped, missing, openPage } from "./fixtures/chromium.ts"
import { startHost } from "./fixtures/host.ts"
import { start, stateNow, until } from "./fixtures/page.ts"

const tab = (page: Page, name: string) => page.getByRole("tab", { name }).click()

/** What the page says of a fault before anybody has met it. */
const expects = async (page: Page, fault: string, words: string) => {
  await tab(page, "Faults")
  const sentence = page.locator(`#fault-${fault}`)
  await sentence.waitFor()
  assert.include(await sentence.textContent(), words)
}

const press = (page: Page, fault: string) => page.locator(`[aria-describedby=fault-${fault}]`).click()

/** From here on it is so. */
const arm = async (page: Page, fault: string) => {
  await Promise.all([page.waitForResponse((response) => response.request().method() === "POST"), press(page, fault)])
}

const armed = (page: Page): Promise<number> =>
  page.evaluate(async () => Object(await (await fetch("/sandbox/faults")).json()).faults.length)

const begin = async (page: Page) => {
  await start(page, "English", "A plain code")
  await tab(page, "Trace")
}

/** What the trace says that the system did. */
const sees = (page: Page, words: string) => page.getByText(words).first().waitFor({ state: "attached" })

const button = (page: Page, name: string) => page.getByRole("button", { name }).last()

/** The button by which an update of somebody's is worked at once. */
const nowOf = async (page: Page) => {
  await tab(page, "Operations")
  const chat = await page.evaluate(() => String(JSON.parse(localStorage.getItem("concierge.people") ?? "{}").last))
  const row = page.getByRole("region", { name: "Queue" }).getByRole("row").filter({ hasText: chat })
  return row.getByRole("button", { name: /^Now/ })
}

const goOn = async (page: Page) => {
  await button(page, "Hear your greeting").click()
  await end(page)
}

const end = async (page: Page) => {
  await tab(page, "Trace")
  await button(page, "Finish").click()
  await until(async () => assert.strictEqual(await stateNow(page).textContent(), states.done), patience)
  await page.context().close()
}

/** Milliseconds that anything may take: where a dozen programs share two cores, a voice alone takes ten seconds. */
const patience = 45_000

const at = { viewport: { width: 1280, height: 860 } }

/** Faults after which nobody knows of the next message whether it arrived, and what is expected of them. */
const unanswered = [
  ["trouble", "as a delayed copy"],
  ["proxy", "nothing breaks over the page"],
  ["cut", "never three times"],
] as const

describe("each fault of the switchboard", () => {
  it.effect.skipIf(isSkipped)(
    "is what the page says of it, is seen to be dealt with, and keeps no newcomer from the end",
    () =>
      Effect.gen(function* () {
        if (missing !== undefined) assert.fail(missing)
        const url = yield* startHost("concierge")
        const { complaints, page: first } = yield* openPage(url, at)
        yield* Effect.promise(async () => {
          const said = [complaints]
          // Chromium opens six connections to a host, and each page keeps one: everybody has their own.
          const newcomer = async (name = "Ada") => {
            const page = await another(first, at)
            page.setDefaultTimeout(patience)
            said.push(complaintsOf(page, url))
            await page.goto(url)
            await page.getByLabel("Your first name").fill(name)
            return page
          }
          // It takes its time, in which the others come.
          const slow = await newcomer()
          await expects(slow, "slow", "simply takes longer")
          await arm(slow, "slow")
          await begin(slow)
          await until(async () => assert.strictEqual(await armed(slow), 0), patience)

          for (const [fault, expected] of unanswered) {
            const page = await newcomer()
            await expects(page, fault, expected)
            await arm(page, fault)
            await begin(page)
            await sees(page, "nobody knows whether it arrived")
            await (await nowOf(page)).click()
            await goOn(page)
          }

          const queue = await newcomer()
          await expects(queue, "queue", "switch it back and it is worked")
          await arm(queue, "queue")
          await begin(queue)
          await sees(queue, "the webhook said 503 and never OK")
          await tab(queue, "Faults")
          await arm(queue, "queue")
          await goOn(queue)

          const media = await newcomer()
          await expects(media, "media", "a message with a link comes instead")
          await arm(media, "media")
          await begin(media)
          await media.locator(".theirs a[href*='/media/']").waitFor()
          await sees(media, "sent less than planned")
          await tab(media, "Faults")
          await arm(media, "media")
          await goOn(media)

          const speech = await newcomer("Speech")
          await expects(speech, "speech", "is sent as text instead")
          await arm(speech, "speech")
          await begin(speech)
          await button(speech, "Hear your greeting").click()
          await speech.locator(".theirs .text", { hasText: "Speech" }).last().waitFor()
          await sees(speech, "sent less than planned")
          await tab(speech, "Faults")
          await arm(speech, "speech")
          await end(speech)

          // Failed three times it is a dead letter, which somebody finds and sets going again.
          const tables = await newcomer()
          await expects(tables, "tables", "After three failures it is a dead letter")
          await arm(tables, "tables")
          await begin(tables)
          await sees(tables, "failed, will be tried again")
          const now = await nowOf(tables)
          const dead = tables.getByRole("region", { name: "Dead letters" }).getByRole("button", { name: /^Redrive/ })
          await until(async () => {
            // Gone while it is clicked, it has died.
            if (await now.isVisible()) await now.click({ timeout: 1_000 }).catch(() => undefined)
            assert.isTrue(await dead.isVisible())
          }, patience)
          await tab(tables, "Faults")
          await arm(tables, "tables")
          await tab(tables, "Operations")
          await dead.click()
          await goOn(tables)

          await until(async () =>
            assert.match(
              (await slow.locator(".step", { hasText: "Send the video" }).first().textContent()) ?? "",
              /1[1-9]\.\d+ s/,
            ),
          )
          await goOn(slow)

          // The process dies when Telegram has the message and nobody knows; then in the middle of a call.
          const kill = await newcomer()
          await expects(kill, "kill", "It starts anew, takes up what was in hand")
          await arm(kill, "kill")
          await begin(kill)
          await sees(kill, "Taken up again")
          await goOn(kill)
          const killNow = await newcomer()
          await expects(killNow, "killNow", "ends in the middle")
          await arm(killNow, "slow")
          await begin(killNow)
          await until(async () => assert.strictEqual(await armed(killNow), 0), patience)
          await tab(killNow, "Faults")
          await press(killNow, "killNow")
          await tab(killNow, "Trace")
          await sees(killNow, "Taken up again")
          await goOn(killNow)

          // Last, since what is learned of a limit holds for everybody for a while.
          const limit = await newcomer()
          await expects(limit, "botLimit", "nobody is lost")
          await arm(limit, "botLimit")
          await begin(limit)
          await button(limit, "Hear your greeting").waitFor()
          for (const command of ["/help", "/menu"]) {
            await limit.getByRole("textbox", { name: "Message" }).fill(command)
            await limit.keyboard.press("Enter")
          }
          await sees(limit, "it is asked again in")
          await tab(limit, "Faults")
          await arm(limit, "botLimit")
          await button(limit, "Change language").waitFor()
          await goOn(limit)

          const limited = await newcomer()
          await expects(limited, "limited", "once, 3 s late")
          await arm(limited, "limited")
          await begin(limited)
          await sees(limited, "it is asked again in 3 s")
          await button(limited, "Hear your greeting").waitFor()
          assert.strictEqual(await limited.locator("video").count(), 1)
          await goOn(limited)

          // While the host was dead the browser could not reach it, and says so.
          assert.deepStrictEqual(
            said.flat().filter((line) => !/ERR_|Failed to load resource|EventSource/.test(line)),
            [],
          )
        })
      }),
    240_000,
  )
})
