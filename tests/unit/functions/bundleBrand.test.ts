import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { brandIds } from "@concierge/brands/brands.ts"
import { buildFunctions, functionNames } from "@concierge/functions/build.ts"
import { afterAll, assert, describe, it } from "@effect/vitest"

const folder = mkdtempSync(join(tmpdir(), "concierge-brands-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The names of the brands' folders that a module of the bundle comes from. */
const brandsIn = (inputs: Readonly<Record<string, unknown>>) => [
  ...new Set(Object.keys(inputs).flatMap((path) => /(?:^|\/)brands\/([^/]+)\//.exec(path)?.[1] ?? [])),
]

describe("a bundle carries one brand", () => {
  it.each(brandIds)("%s, and no other", { timeout: 120_000 }, async (id) => {
    // The code cache says nothing of the text, and takes its time.
    const built = await buildFunctions(join(folder, id), id, ["code cache"])
    assert.deepStrictEqual(brandsIn(built.webhook.inputs), [])
    assert.deepStrictEqual(brandsIn(built.worker.inputs), [id])

    const domains = brandIds.map((other) => [other, siteOf(other)] as const)
    for (const name of functionNames) {
      const files = readdirSync(join(folder, id, name)).map((file) =>
        readFileSync(join(folder, id, name, file), "utf8"),
      )
      for (const [other, sentence] of domains) {
        const carried = files.some((text) => text.includes(sentence))
        assert.strictEqual(carried, name === "worker" && other === id, `${name} of ${id}: ${other}`)
      }
    }
  })
})

/** What only this brand's `brand.ts` says. */
const siteOf = (id: string) => {
  const username = /username: "(\w+)"/.exec(
    readFileSync(join(import.meta.dirname, "../../../brands", id, "brand.ts"), "utf8"),
  )
  assert.isNotNull(username)
  return username[1] ?? ""
}
