import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type { Page } from "playwright-core"
import { vi } from "vitest"
import { isSkipped, missing, openPage } from "./fixtures/chromium.ts"
import { startHost } from "./fixtures/host.ts"

if (isSkipped) console.warn(`The chat page is not tested. ${missing}`)

/** Looks until it is so. */
const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 15_000, interval: 50 })

interface Played {
  readonly currentTime: number
  readonly duration: number
  readonly readyState: number
}

const stateOf = (page: Page, tag: "video" | "audio"): Promise<Played> =>
  page
    .locator(tag)
    .last()
    .evaluate(({ currentTime, duration, readyState }: Played) => ({ currentTime, duration, readyState }))

/** Begun by a click, it goes on by itself. */
const plays = async (page: Page, tag: "video" | "audio", button: string) => {
  await page.getByRole("button", { name: button }).last().click()
  await until(async () => {
    const { currentTime, duration, readyState } = await stateOf(page, tag)
    assert.isAbove(duration, 1)
    assert.isAtLeast(readyState, 2)
    assert.isAbove(currentTime, 0.2)
  })
}

const start = async (page: Page, language: string, link: string) => {
  await page.getByRole("radio", { name: language }).check()
  await page.getByRole("radio", { name: link }).check()
  await page.getByRole("button", { name: "Start", exact: true }).click()
}

const message = (page: Page, text: string | RegExp) => page.getByRole("listitem").filter({ hasText: text }).last()

const stateNow = (page: Page) => page.locator(".states [aria-current=step] code")

describe("the chat page", () => {
  it.effect.skipIf(isSkipped)(
    "takes somebody through the whole welcome in Spanish",
    () =>
      Effect.gen(function* () {
        if (missing !== undefined) assert.fail(missing)
        const { complaints, page } = yield* openPage(yield* startHost, { viewport: { width: 1280, height: 860 } })
        yield* Effect.promise(async () => {
          await page.getByLabel("Your first name").fill("Zoë <b>")
          await start(page, "Español", "A plain code")
          await message(page, "¡Hola, ⁨Zoë <b>⁩! Te damos la bienvenida").waitFor()
          await plays(page, "video", "Play the video")

          const hear = page.getByRole("button", { name: "Escuchar mi saludo" })
          await hear.click()
          await message(page, "Un saludo para ti").waitFor()
          await until(async () => assert.isNull(await hear.getAttribute("aria-busy")))
          await plays(page, "audio", "Play the voice message")
          await until(async () => assert.isTrue(await page.locator("video").evaluate(isPaused)))

          const finish = page.getByRole("button", { name: "Terminar" })
          await finish.click()
          await message(page, "¡Eso es todo").waitFor()
          await until(async () => assert.strictEqual(await stateNow(page).textContent(), "DONE"))
          assert.include(await page.locator(".chip").allTextContents(), "ref_code ref_summer24")
          await finish.click()
          await page.getByRole("status").filter({ hasText: "Ya has terminado" }).waitFor()
          // The toast is there before the update has its outcome.
          const applied = page.locator(".outcome", { hasText: "applied" })
          await until(async () => assert.strictEqual(await applied.count(), 4))
          assert.strictEqual(await page.locator(".step", { hasText: "Speak the greeting" }).count(), 1)

          const conversation = () => page.locator(".text, .key").allTextContents()
          const before = await conversation()
          await page.reload()
          await until(async () => assert.deepStrictEqual(await conversation(), before))
          await until(async () => assert.strictEqual(await stateNow(page).textContent(), "DONE"))
          assert.deepStrictEqual(complaints, [])
        })
      }),
    90_000,
  )

  it.effect.skipIf(isSkipped)(
    "fits on a phone, in English",
    () =>
      Effect.gen(function* () {
        if (missing !== undefined) assert.fail(missing)
        const phone = { viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true }
        const { complaints, page } = yield* openPage(yield* startHost, phone)
        yield* Effect.promise(async () => {
          await start(page, "Français", "A packed token")
          await message(page, "Welcome to Concierge").waitFor()
          await page.getByRole("button", { name: "System" }).click()
          await until(async () => assert.strictEqual(await stateNow(page).textContent(), "WELCOME_VIDEO_SENT"))
          assert.include(await page.locator(".chip").allTextContents(), "utm.campaign launch")
          assert.isFalse(await page.getByLabel("Message", { exact: true }).isVisible())
          await page.getByRole("button", { name: "Chat", exact: true }).click()

          await page.getByLabel("Chat menu").click()
          await page.getByRole("menuitem", { name: "Block the bot" }).click()
          await page.getByText("You have blocked this bot").waitFor()
          await page.getByRole("button", { name: "Unblock", exact: true }).click()
          await page.getByRole("button", { name: "Commands" }).click()
          await page.getByRole("button", { name: "/menu" }).click()
          await page.getByRole("button", { name: "Change language" }).waitFor()
          assert.strictEqual(await page.locator("body").evaluate(({ scrollWidth }: Box) => scrollWidth), 360)

          await page.getByLabel("Chat menu").click()
          await page.getByRole("menuitem", { name: "Start as a new person" }).click()
          await page.getByRole("button", { name: "Start", exact: true }).waitFor()
          assert.deepStrictEqual(complaints, [])
        })
      }),
    60_000,
  )
})

interface Box {
  readonly scrollWidth: number
}

const isPaused = ({ paused }: { readonly paused: boolean }) => paused
