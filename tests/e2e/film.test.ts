import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type { Page } from "playwright-core"
import { isSkipped, missing, openPage } from "./fixtures/chromium.ts"
import { startHost } from "./fixtures/host.ts"

/** A folder: then the film plays at its own pace, and its pictures are kept there. */
const images = process.env.FILM_IMAGES

interface Picture {
  readonly width: number
  readonly height: number
}

interface Codec {
  decode(file: Uint8Array): Picture
  toRGBA8(picture: Picture): ReadonlyArray<ArrayBuffer>
  /** `colours` of a palette; `millis` that each frame is shown. */
  encode(
    frames: ReadonlyArray<ArrayBuffer>,
    width: number,
    height: number,
    colours: number,
    millis: ReadonlyArray<number>,
  ): ArrayBuffer
}

const chapters = [
  "newcomer 0",
  "newcomer 1",
  "newcomer 2",
  "fault 0",
  "fault 1",
  "recovery 0",
  "recovery 1",
  "recovery 2",
  "funnel 0",
  "funnel 1",
  "funnel 2",
]

/** One picture a look, for as long as the film plays. */
const filmed = async (page: Page) => {
  const frames: Array<{ readonly at: number; readonly png: Uint8Array; readonly chapter: string }> = []
  for (let chapter = ""; chapter !== "end"; ) {
    chapter = (await page.locator("body").getAttribute("data-film")) ?? ""
    if (images !== undefined) frames.push({ at: Date.now(), chapter, png: await page.screenshot() })
    await page.waitForTimeout(images === undefined ? 100 : 700)
  }
  return frames
}

const animated = (frames: Awaited<ReturnType<typeof filmed>>, colours = 96) => {
  const codec: Codec = createRequire(import.meta.url)("upng-js")
  // What shows nothing new is the same frame, shown for longer.
  const distinct = frames.filter(
    ({ png }, index) => !Buffer.from(png).equals(Buffer.from(frames[index - 1]?.png ?? [])),
  )
  const pictures = distinct.map(({ png }) => codec.decode(png))
  const rgba = pictures.map((picture) => codec.toRGBA8(picture)[0] ?? new ArrayBuffer(0))
  const shown = distinct.map(({ at }, index) => Math.min(4_000, (distinct[index + 1]?.at ?? at + 4_000) - at))
  return new Uint8Array(codec.encode(rgba, pictures[0]?.width ?? 0, pictures[0]?.height ?? 0, colours, shown))
}

describe("the film", () => {
  it.effect.skipIf(isSkipped)(
    "plays to its end: a newcomer, a death, the recovery, the funnel",
    () =>
      Effect.gen(function* () {
        if (missing !== undefined) assert.fail(missing)
        const url = yield* startHost("concierge")
        const { complaints, page } = yield* openPage(`${url}/?film${images === undefined ? "=quick" : ""}`, {
          viewport: { width: 1100, height: 700 },
        })
        yield* Effect.promise(async () => {
          // It comes to its end only if the recovery was told: it waits for that step itself.
          const frames = await filmed(page)
          assert.deepStrictEqual(
            complaints.filter((line) => !/ERR_|asked for/.test(line)),
            [],
          )
          if (images === undefined) return
          mkdirSync(images, { recursive: true })
          for (const [name, chapter] of [
            ["page-trace", "newcomer 1"],
            ["page-faults", "fault 1"],
            ["page-recovery", "recovery 1"],
          ] as const) {
            const frame = frames.filter((one) => one.chapter === chapter)[1]
            if (frame === undefined) assert.fail(`no picture of ${chapter}, of ${chapters.join(", ")}`)
            writeFileSync(join(images, `${name}.png`), animated([frame], 256))
          }
          writeFileSync(join(images, "film.png"), animated(frames))
          assert.isAtMost(readFileSync(join(images, "film.png")).length, 1_500_000)
        })
      }),
    images === undefined ? 180_000 : 600_000,
  )
})
