import { brandIds, loadBrand } from "@concierge/brands/brands.ts"
import { makeSynthesizer } from "@concierge/local/speech/synthesizer.ts"
import { assert, describe, it } from "@effect/vitest"

const synthesize = await makeSynthesizer()

describe("espeak", () => {
  it.each(brandIds)("has every voice of %s", async (id) => {
    const { languages } = await loadBrand(id)
    for (const { voice } of Object.values(languages))
      assert.isAbove(synthesize(voice.local, "Ana, 1, 2, 3").length, 1_000)
  })

  it("speaks no language in the voice of another", () => {
    const said = ["en", "de", "pt", "es"].map((voice) => Buffer.from(synthesize(voice, "Marea 21")).toString("base64"))
    assert.strictEqual(new Set(said).size, said.length)
  })

  it("says which voice it has not", () => {
    assert.throws(() => synthesize("en-gb", "Ana"), 'espeak has no voice "en-gb".')
  })
})
