import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type { Page } from "playwright-core"
import { states } from "../fixtures/concierge.ts"
import { isSkipped, missing, openPage } from "./fixtures/chromium.ts"
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

/** Taps on once the first step is done: with some faults its button is there before. */
const goOn = async (page: Page) => {
  await tab(page, "Trace")
  await comesTo(page, states.video)
  await button(page, "Hear your greeting").click()
  await end(page)
}

const end = async (page: Page) => {
  await tab(page, "Trace")
  await button(page, "Finish").click()
  await comesTo(page, states.done)
}

const comesTo = (page: Page, state: string) =>
  until(async () => assert.strictEqual(await stateNow(page).textContent(), state), patience)

/** What was switched off works again. */
const mend = async (page: Page, fault: string) => {
  await tab(page, "Faults")
  await arm(page, fault)
}

const isMet = (page: Page) => until(async () => assert.strictEqual(await armed(page), 0), patience)

/** Milliseconds that anything may take: where a dozen programs share two cores, a voice alone takes ten seconds. */
const patience = 45_000

const at = { viewport: { width: 1280, height: 860 }, reducedMotion: "reduce" } as const

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
        const slowly = yield* openPage(url, at)
        const { complaints, page: quick } = yield* openPage(url, at)
        yield* Effect.promise(async () => {
          for (const page of [slowly.page, quick]) page.setDefaultTimeout(patience)
          /** Somebody new starts while it is so: one after the other on the same page, since a new context takes Chromium ten times as long. */
          const meets = async (fault: string, words: string, name = "Ada", page = quick) => {
            await page.goto(`${url}/?as=new`)
            await page.getByLabel("Your first name").fill(name)
            await expects(page, fault, words)
            await arm(page, fault)
            await begin(page)
            return page
          }
          // It takes its time, in which the others come.
          const slow = await meets("slow", "simply takes longer", "Eva", slowly.page)
          await isMet(slow)

          for (const [fault, words] of unanswered) {
            const page = await meets(fault, words)
            await sees(page, "nobody knows whether it arrived")
            await (await nowOf(page)).click()
            await goOn(page)
          }

          const queue = await meets("queue", "switch it back and it is worked")
          await sees(queue, "the webhook said 503 and never OK")
          await mend(queue, "queue")
          await goOn(queue)

          const media = await meets("media", "a message with a link comes instead")
          await media.locator(".theirs a[href*='/media/']").waitFor()
          await sees(media, "sent less than planned")
          await mend(media, "media")
          await goOn(media)

          const speech = await meets("speech", "is sent as text instead", "Speech")
          await button(speech, "Hear your greeting").click()
          await speech.locator(".theirs .text", { hasText: "Speech" }).last().waitFor()
          await sees(speech, "sent less than planned")
          await mend(speech, "speech")
          await end(speech)

          // Failed three times it is a dead letter, which somebody finds and sets going again.
          const tables = await meets("tables", "After three failures it is a dead letter")
          await sees(tables, "failed, will be tried again")
          const now = await nowOf(tables)
          const dead = tables.getByRole("region", { name: "Dead letters" }).getByRole("button", { name: /^Redrive/ })
          await until(async () => {
            // Gone while it is clicked, it has died.
            if (await now.isVisible()) await now.click({ timeout: 1_000 }).catch(() => undefined)
            assert.isTrue(await dead.isVisible())
          }, patience)
          await mend(tables, "tables")
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
          const kill = await meets("kill", "It starts anew, takes up what was in hand")
          await sees(kill, "Taken up again")
          await goOn(kill)
          const killNow = await meets("slow", "simply takes longer")
          await isMet(killNow)
          await expects(killNow, "killNow", "ends in the middle")
          await press(killNow, "killNow")
          await tab(killNow, "Trace")
          await sees(killNow, "Taken up again")
          await goOn(killNow)

          // Last, since what is learned of a limit holds for everybody for a while.
          const limit = await meets("botLimit", "nobody is lost")
          await button(limit, "Hear your greeting").waitFor()
          for (const command of ["/help", "/menu"]) {
            await limit.getByRole("textbox", { name: "Message" }).fill(command)
            await limit.keyboard.press("Enter")
          }
          await sees(limit, "it is asked again in")
          await mend(limit, "botLimit")
          await button(limit, "Change language").waitFor()
          await goOn(limit)

          const limited = await meets("limited", "once, 3 s late")
          await sees(limited, "it is asked again in 3 s")
          await button(limited, "Hear your greeting").waitFor()
          assert.strictEqual(await limited.locator("video").count(), 1)
          await goOn(limited)

          // While the host was dead the browser could not reach it, and says so.
          assert.deepStrictEqual(
            [...complaints, ...slowly.complaints].filter(
              (line) => !/ERR_|Failed to load resource|EventSource/.test(line),
            ),
            [],
          )
        })
      }),
    240_000,
  )
})
