import { brandIds } from "@concierge/brands/brands.ts"
import { brand as concierge } from "@concierge/brands/concierge/brand.ts"
import { brand as marea } from "@concierge/brands/marea/brand.ts"
import { words as de } from "@concierge/brands/marea/copy/de.ts"
import type { Step, StepOf } from "@concierge/core/onboarding/Flow.ts"
import { assert, layer } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Page } from "playwright-core"
import { states } from "../fixtures/concierge.ts"
import { isSkipped, missing, openPage } from "./fixtures/chromium.ts"
import { startHost } from "./fixtures/host.ts"
import { isPaused, message, plays, start, stateNow, titlesOf, unexplained, until } from "./fixtures/page.ts"

if (isSkipped) console.warn(`The chat page is not tested. ${missing}`)

const desktop = { viewport: { width: 1280, height: 860 } }
const phone = { viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true }

/** What each thing of the page's that is a brand's looks like. */
const lookOf = async (page: Page) => ({
  title: await page.title(),
  heading: await page.getByRole("heading", { level: 1 }).textContent(),
  address: await page.locator(".address").textContent(),
  languages: await page.locator(".segments label").allTextContents(),
  accent: await page.locator(":root").evaluate(accentOf),
  icon: await page.locator(".intro img").evaluate(widthOf),
})

/** The addresses of a host of each brand, for all tests. */
class Hosts extends Context.Service<Hosts, Readonly<Record<"concierge" | "marea", string>>>()("tests/e2e/page/Hosts") {}

const hosts = Layer.effect(
  Hosts,
  isSkipped
    ? Effect.succeed({ concierge: "", marea: "" })
    : Effect.all({ concierge: startHost("concierge"), marea: startHost("marea") }, { concurrency: 2 }),
)

layer(hosts, { excludeTestServices: true, timeout: "60 seconds" })("the chat page", (it) => {
  it.effect.skipIf(isSkipped)(
    "takes somebody through the whole welcome in Spanish",
    () =>
      Effect.gen(function* () {
        if (missing !== undefined) assert.fail(missing)
        const { complaints, page } = yield* openPage((yield* Hosts).concierge, desktop)
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
          await page.locator(".effect", { hasText: "🎉" }).waitFor({ state: "attached" })
          assert.include(await finish.getAttribute("class"), "success")
          await until(async () => assert.strictEqual(await stateNow(page).textContent(), states.done))
          assert.include(await page.locator(".chip").allTextContents(), "ref_code ref_summer24")
          await finish.click()
          await page.getByRole("status").filter({ hasText: "Ya has terminado" }).waitFor()
          // The toast is there before the update has its outcome.
          const applied = page.locator(".outcome", { hasText: "applied" })
          await until(async () => assert.strictEqual(await applied.count(), 4))

          // The same as `concierge trace` prints.
          const path = page.locator(".update[open] .path").first()
          await path.locator("summary").click()
          const said = path.locator("pre")
          await said.filter({ hasText: /webhook {2}outcome accepted.*worker {3}outcome applied.*stored/s }).waitFor()
          assert.strictEqual(await page.locator(".step", { hasText: "Speak the greeting" }).count(), 1)
          assert.deepStrictEqual(await unexplained(page), [])

          const conversation = () => page.locator(".text, .key").allTextContents()
          const before = await conversation()
          await page.reload()
          await until(async () => assert.deepStrictEqual(await conversation(), before))
          await until(async () => assert.strictEqual(await stateNow(page).textContent(), states.done))
          assert.deepStrictEqual(complaints, [])
        })
      }),
    90_000,
  )

  it.effect.skipIf(isSkipped)(
    "takes somebody through the whole of another brand's, along a branch, to a link that leads out of it",
    () =>
      Effect.gen(function* () {
        if (missing !== undefined) assert.fail(missing)
        const { complaints, page } = yield* openPage((yield* Hosts).marea, desktop)
        yield* Effect.promise(async () => {
          const { menu, steps } = de
          const button = (name: string) => page.getByRole("button", { name })
          await start(page, "Deutsch", "A packed token")
          await button(steps.level.button).click()
          await button(steps.level.choices.skipper).waitFor()
          await until(async () => assert.deepStrictEqual(await titlesOf(page, "now"), ["Level"]))
          assert.deepStrictEqual(await titlesOf(page, "off"), [])
          await button(steps.level.choices.skipper).click()
          await button(steps.greeting.button).waitFor()
          await until(async () => assert.deepStrictEqual(await titlesOf(page, "due"), ["Greeting"]))
          assert.deepStrictEqual(await titlesOf(page, "off"), ["Lesson"])
          await button(steps.greeting.button).click()
          await plays(page, "audio", "Play the voice message")
          await button(steps.season.button).click()
          await button(steps.season.choices.winter).click()
          const link = page.getByRole("link", { name: steps.aboard.link })
          assert.strictEqual(await link.getAttribute("href"), marea.flow.steps.find(isFinish)?.url)

          await until(async () => assert.strictEqual(await stateNow(page).textContent(), "ABOARD"))
          const way = ["New", "Hello", "Level", "Boats", "Greeting", "Season", "Done"]
          assert.deepStrictEqual(await titlesOf(page, "past"), way)
          assert.includeMembers(await page.locator(".chip").allTextContents(), ["level skipper", "season winter"])
          assert.deepStrictEqual(await unexplained(page), [])
          await button("Commands").click()
          await button(`/menu ${de.commands.menu}`).click()
          await button(menu.language).waitFor()
          const keys = await page.locator(".message").last().locator(".key").allTextContents()
          const again = [steps.hello.again, steps.boats.again, steps.greeting.again]
          assert.deepStrictEqual(keys, [...again, menu.language, menu.restart])
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
        const { complaints, page } = yield* openPage((yield* Hosts).concierge, phone)
        yield* Effect.promise(async () => {
          await start(page, "Français", "A packed token")
          await message(page, "Welcome to Concierge").waitFor()
          await page.getByRole("button", { name: "System" }).click()
          await until(async () => assert.strictEqual(await stateNow(page).textContent(), states.video))
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

  it.effect.skipIf(isSkipped)(
    "is the brand's in name, colours, icon, languages and links, by day and by night",
    () =>
      Effect.gen(function* () {
        if (missing !== undefined) assert.fail(missing)
        assert.deepStrictEqual([...brandIds], [concierge.id, marea.id])
        const urls = yield* Hosts
        for (const [brand, url] of [
          [concierge, urls.concierge],
          [marea, urls.marea],
        ] as const) {
          const { complaints, page } = yield* openPage(url, phone)
          for (const colorScheme of ["light", "dark"] as const) {
            yield* Effect.promise(async () => {
              await page.emulateMedia({ colorScheme })
              await page.reload()
              await page.getByRole("button", { name: "Start", exact: true }).waitFor()
              const { accent, address, heading, icon, languages, title } = await lookOf(page)
              assert.deepStrictEqual([title, heading], [brand.name, brand.name])
              assert.include(address ?? "", `t.me/${brand.bot.username}?start=${brand.links[0]?.payload}`)
              assert.strictEqual(accent, colorScheme === "dark" ? brand.look.accentOnDark : brand.look.accent)
              assert.isAbove(icon, 0)
              const spoken = Object.values(brand.languages).map(({ name }) => name)
              assert.deepStrictEqual(languages.slice(0, spoken.length), spoken)
              assert.strictEqual(await page.locator(".choices label").count(), brand.links.length)
              assert.deepStrictEqual(complaints, [])
            })
          }
        }
      }),
    90_000,
  )
})

const isFinish = (step: Step): step is StepOf<"finish"> => step.kind === "finish"

interface Box {
  readonly scrollWidth: number
}

declare const getComputedStyle: (element: unknown) => { getPropertyValue(name: string): string }

const accentOf = (root: unknown) => getComputedStyle(root).getPropertyValue("--accent")

const widthOf = ({ naturalWidth }: { readonly naturalWidth: number }) => naturalWidth
