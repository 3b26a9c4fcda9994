import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { brandIds, loadBrand } from "@concierge/brands/brands.ts"
import { problemOfMedia } from "@concierge/brands/problemOfMedia.ts"
import { localesOf } from "@concierge/core/brand/Brand.ts"
import { mediaKey } from "@concierge/core/onboarding/steps/video.ts"
import { assert, describe, it } from "@effect/vitest"

describe.each(brandIds)("the media of %s", (id) => {
  it("are there", async () => {
    assert.isUndefined(problemOfMedia(await loadBrand(id)))
  })

  it("are missed one by one, by file and field", async () => {
    const brand = await loadBrand(id)
    const folder = mkdtempSync(join(tmpdir(), "brands-"))
    try {
      for (const step of brand.flow.steps) {
        if (step.kind !== "video") continue
        for (const locale of localesOf(brand)) {
          const file = `${id}/${mediaKey(step, locale)}`
          const problem = (what: string) => `brands/${file}: ${what} (brand.ts: flow[${step.index}].asset)`
          assert.strictEqual(problemOfMedia(brand, folder), problem("it is not there"))
          mkdirSync(dirname(join(folder, file)), { recursive: true })
          writeFileSync(join(folder, file), "")
          assert.strictEqual(problemOfMedia(brand, folder), problem("it is empty"))
          writeFileSync(join(folder, file), "video")
        }
      }
      assert.isUndefined(problemOfMedia(brand, folder))
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe("a brand", () => {
  it("that is not there is refused with the names of those that are", async () => {
    const failure = await loadBrand("gone").catch(String)
    assert.strictEqual(failure, `BrandError: There is no brand "gone": use ${brandIds.join(" or ")}.`)
  })
})
