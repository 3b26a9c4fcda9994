import { execFile } from "node:child_process"
import { fileURLToPath, pathToFileURL } from "node:url"
import { promisify } from "node:util"
import { brandIds, loadBrand } from "@concierge/brands/brands.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { isSkipped, missing, openPage } from "./fixtures/chromium.ts"

if (isSkipped) console.warn(`The previews are not tested. ${missing}`)

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url))

const write = (id: string) =>
  Effect.promise(async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [path("packages/local/preview/main.ts"), id])
    return stdout.trim()
  })

interface Played {
  readonly duration: number
  readonly error: unknown
}

describe.each(brandIds)("the preview of %s", (id) => {
  it.effect.skipIf(isSkipped)(
    "shows each step in each language, plays, and asks for nothing from anywhere",
    () =>
      Effect.gen(function* () {
        if (missing !== undefined) assert.fail(missing)
        const brand = yield* Effect.promise(() => loadBrand(id))
        const file = yield* write(id)
        const { complaints, page } = yield* openPage(pathToFileURL(file).href, {
          viewport: { width: 400, height: 800 },
        })
        yield* Effect.promise(async () => {
          for (const [locale, { name }] of Object.entries(brand.languages)) {
            await page.getByRole("radio", { name, exact: true }).check({ force: true })
            assert.strictEqual(await page.locator(`.variant:not([lang=${locale}]):visible`).count(), 0)
            for (const step of brand.flow.steps) {
              const scene = page
                .locator("article")
                .filter({ has: page.getByRole("heading", { name: new RegExp(`^${step.id}${step.kind}$`) }) })
              assert.isAbove(
                await scene.locator(`.variant[lang=${locale}]:visible`).count(),
                0,
                `${step.id} in ${locale}`,
              )
            }
            for (const medium of [page.locator("video:visible").first(), page.locator("audio:visible").first()]) {
              const { duration, error } = await medium.evaluate((element: HTMLLike) =>
                new Promise<Played>((resolve) => {
                  element.onloadedmetadata = element.onerror = () => resolve(element)
                  element.load()
                }).then(({ duration, error }) => ({ duration, error })),
              )
              assert.isNull(error)
              assert.isAbove(duration, 2)
            }
          }
          await page.getByRole("radio", { name: "side by side" }).check({ force: true })
          const wider = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
          assert.strictEqual(wider, 0, "the page scrolls sideways on a phone")
        })
        assert.deepStrictEqual(
          complaints.filter((complaint) => !/^asked for (?:blob|data):/.test(complaint)),
          [],
        )
      }),
    120_000,
  )
})

interface HTMLLike extends Played {
  onloadedmetadata: (() => void) | null
  onerror: (() => void) | null
  load(): void
}
