import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type { Page } from "playwright-core"
import { states } from "../fixtures/concierge.ts"
import { violationsOf } from "./fixtures/axe.ts"
import { isSkipped, missing, openPage } from "./fixtures/chromium.ts"
import { startHost } from "./fixtures/host.ts"
import { message, start, until } from "./fixtures/page.ts"

/** Looks now and again, and keeps what it finds. */
const looksOf = (page: Page) => {
  const found = new Set<string>()
  const look = async () => {
    for (const violation of await violationsOf(page)) found.add(violation)
  }
  return { found, look }
}

const tab = (page: Page, name: string) => page.getByRole("tab", { name }).click()

const desktop = { viewport: { width: 1280, height: 860 }, reducedMotion: "reduce" } as const

describe("the page's parts beside the chat", () => {
  it.effect.skipIf(isSkipped)(
    "make things go wrong, show what is done about it, and are good to use without a mouse",
    () =>
      Effect.gen(function* () {
        if (missing !== undefined) assert.fail(missing)
        const url = yield* startHost("concierge")
        const { complaints, page } = yield* openPage(url, desktop)
        const { found, look } = looksOf(page)
        yield* Effect.promise(async () => {
          await page.getByRole("button", { name: "Start", exact: true }).waitFor()
          await look()
          await start(page, "English", "A plain code")
          await message(page, "Welcome to Concierge").waitFor()
          await look()

          await tab(page, "Faults")
          await page.getByRole("button", { name: "Next message: 429: too many requests" }).click()
          await page.getByText("Still to go wrong: 1.").waitFor()
          await look()
          await page.getByRole("button", { name: "Clear" }).click()
          await page.getByRole("tab", { name: "Faults" }).press("Home")
          await page.getByRole("textbox", { name: "Message" }).fill("/help")
          await page.keyboard.press("Enter")
          await page.locator(".update .outcome", { hasText: "applied" }).nth(1).waitFor()

          // What nobody can read is parked, in sight of the operator.
          await tab(page, "Faults")
          await page.getByRole("button", { name: "Now: An update that nobody can read" }).click()
          await tab(page, "Operations")
          const parked = page.getByRole("region", { name: "Parked" })
          await parked.getByRole("button", { name: /^Redrive/ }).click()
          await page.getByRole("region", { name: "Your events" }).getByText("applied").first().waitFor()
          await page.getByRole("region", { name: "Your sessions" }).getByText(states.video).waitFor()
          await look()

          // What was written is changed, and taken away.
          await page.getByRole("button", { name: "Edit this message" }).last().click()
          await page.getByRole("textbox", { name: "Message" }).fill("/help me")
          await page.keyboard.press("Enter")
          await page.locator(".mine", { hasText: "edited" }).waitFor()
          const mine = await page.locator(".mine").count()
          await page.getByRole("button", { name: "Delete this message" }).last().click()
          await until(async () => assert.strictEqual(await page.locator(".mine").count(), mine - 1))

          // Two people and a group, whose button leads back to one's own chat.
          await page.getByRole("link", { name: "New person" }).click()
          await start(page, "Español", "A plain code")
          await message(page, "Te damos la bienvenida").waitFor()
          const people = page.getByRole("navigation", { name: "Who you are" })
          assert.deepStrictEqual(await people.getByRole("link").allTextContents(), [
            "Ada",
            "Lucía",
            "Group (you are Lucía)",
            "New person",
          ])
          await people.getByRole("link", { name: /^Group/ }).click()
          await page.getByRole("button", { name: "Commands" }).click()
          await page.getByRole("button", { name: "ref_summer24" }).click()
          await look()
          await page.locator(".theirs a.key").click()
          await page.locator(".mine", { hasText: "ref_summer24" }).first().waitFor()
          await people.getByRole("link", { name: "Ada" }).click()
          await message(page, "Welcome to Concierge").waitFor()

          await page.getByRole("button", { name: "Español" }).click()
          await page.getByRole("tab", { name: "Fallos" }).click()
          await page.getByRole("button", { name: "Próximo mensaje: 429" }).waitFor()
          assert.strictEqual(await page.locator("html").getAttribute("lang"), "es")
          await look()
          assert.deepStrictEqual([...found], [])
          // While the host was dead the browser could not reach it, and says so.
          assert.deepStrictEqual(
            complaints.filter((line) => !/ERR_|Failed to load resource|EventSource/.test(line)),
            [],
          )
        })
      }),
    120_000,
  )

  it.effect.skipIf(isSkipped)(
    "are as good to see in the dark and on a phone",
    () =>
      Effect.gen(function* () {
        if (missing !== undefined) assert.fail(missing)
        const dark = {
          viewport: { width: 360, height: 640 },
          colorScheme: "dark",
          reducedMotion: "reduce",
          hasTouch: true,
          isMobile: true,
        } as const
        const { page } = yield* openPage(yield* startHost("marea"), dark)
        const { found, look } = looksOf(page)
        yield* Effect.promise(async () => {
          await page.getByRole("button", { name: "Start", exact: true }).waitFor()
          await look()
          await page.getByRole("button", { name: "Start", exact: true }).click()
          await page.locator(".theirs").first().waitFor()
          await look()
          await page.getByRole("button", { name: "System" }).click()
          await look()
          await tab(page, "Faults")
          await page.getByRole("button", { name: "Next message: 429" }).waitFor()
          await look()
          assert.deepStrictEqual([...found], [])
        })
      }),
    120_000,
  )
})
