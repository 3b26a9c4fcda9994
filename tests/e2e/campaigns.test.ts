import { brand } from "@concierge/brands/concierge/brand.ts"
import { page as reportPage } from "@concierge/cli/print/page.ts"
import { dimensions, reportOf } from "@concierge/core/attribution/report.ts"
import { tallyOf } from "@concierge/core/attribution/Tally.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { states } from "../fixtures/concierge.ts"
import { violationsOf } from "./fixtures/axe.ts"
import { emptyPage, isSkipped, missing, openPage } from "./fixtures/chromium.ts"
import { startHost } from "./fixtures/host.ts"
import { until } from "./fixtures/page.ts"

/** Thirty days of a dozen links, some with names as long as people make them. */
const report = () => {
  const tallies = new Map()
  for (let day = 1; day <= 30; day++) {
    for (let link = 0; link < 12; link++) {
      const origin = {
        linkId: `link${link}`,
        campaign: `${"a_very_long_campaign_".repeat(link % 3)}${link}`,
        source: "poster",
      }
      const { cells } = tallyOf(tallies, `2026-03-${String(day).padStart(2, "0")}`, `link${link}`, origin)
      for (const [cell, count] of [
        [`en/${states.video}/1/s//good`, 90 - link],
        [`en/${states.greeting}/1//3`, 50],
        [`es/${states.done}/1//5`, 20],
      ] as const)
        cells.set(cell, count)
    }
  }
  const about = { brand: brand.name, from: "2026-03-01", to: "2026-03-30", ...brand.look }
  return reportPage(
    about,
    dimensions.map((by) => reportOf(tallies.values(), brand.flow, by)),
  )
}

describe("the report that is mailed", () => {
  it.effect.skipIf(isSkipped)("asks for nothing, fits a phone, can be read in the dark, and is printed", () =>
    Effect.gen(function* () {
      if (missing !== undefined) assert.fail(missing)
      for (const [width, colorScheme] of [
        [390, "dark"],
        [1100, "light"],
      ] as const) {
        const page = yield* emptyPage({ viewport: { width, height: 800 }, colorScheme })
        yield* Effect.promise(async () => {
          const asked: Array<string> = []
          page.on("request", (request) => asked.push(request.url()))
          await page.setContent(report())
          assert.deepStrictEqual(asked, [])
          assert.isAtMost(await page.locator("html").evaluate(({ scrollWidth }) => scrollWidth), width)
          assert.deepStrictEqual(await violationsOf(page), [])
          const pdf = await page.pdf({ format: "A4" })
          assert.isAbove(pdf.byteLength, 20_000)
        })
      }
    }),
  )
})

describe("the page's campaigns", () => {
  it.effect.skipIf(isSkipped)(
    "show the funnel live while visitors come, make links, and say what the bot understands",
    () =>
      Effect.gen(function* () {
        if (missing !== undefined) assert.fail(missing)
        const options = { viewport: { width: 1280, height: 860 }, reducedMotion: "reduce" } as const
        const { complaints, page } = yield* openPage(yield* startHost("concierge"), options)
        yield* Effect.promise(async () => {
          await page.getByRole("tab", { name: "Funnel" }).click()
          await page.getByText("Nobody has started yet.").waitFor()
          await page.getByRole("button", { name: "Send 200 visitors through" }).click()
          await page.getByText(/of 200 have been here/).waitFor()
          await page.getByRole("cell", { name: "spring" }).waitFor()
          await page.getByRole("cell", { name: "finish" }).first().waitFor()
          await page.locator("select").selectOption("link")
          await page.getByRole("cell", { name: "Winter flyer" }).waitFor()
          assert.deepStrictEqual(await violationsOf(page), [])

          await page.getByRole("tab", { name: "Links" }).click()
          const payload = page.getByRole("textbox", { name: "Payload after /start" })
          await payload.fill("hello from my friend")
          await page.getByText("20 of 64 characters, no link can carry it").waitFor()
          await page.getByText("Kept as a last touch only").waitFor()
          await page.getByRole("textbox", { name: "Name", exact: true }).fill("Poster, harbour")
          await page.getByRole("textbox", { name: "Campaign" }).fill("harbour")
          await page.getByRole("button", { name: "Make the link" }).click()
          await page.getByText(/Made: https:\/\/t\.me\//).waitFor()
          await until(async () => assert.match(await payload.inputValue(), /^l_[\w-]{16}$/))
          await page.getByText("18 of 64 characters").waitFor()
          await page.getByRole("cell", { name: "harbour", exact: true }).waitFor()
          assert.deepStrictEqual(await violationsOf(page), [])
          assert.deepStrictEqual(complaints, [])
        })
      }),
    60_000,
  )
})
