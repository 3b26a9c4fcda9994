import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { assert, it } from "@effect/vitest"
import { tree } from "../../fixtures/cli/tree.ts"

const pages = ["README.md", "docs/deploy.md", "docs/operating.md", "docs/links.md", "docs/runbook.md"]

it("the pages name commands that there are", async () => {
  const { leaves, words: all } = await tree()
  const typed = pages.flatMap((page) => {
    const text = readFileSync(fileURLToPath(new URL(`../../../${page}`, import.meta.url)), "utf8")
    return [...text.matchAll(/(?:npx concierge|npm run concierge --) ((?:[a-z]+ ?)+)/g)].map(([, words = ""]) =>
      words.trim(),
    )
  })
  assert.isAbove(typed.length, 15)
  for (const words of typed) {
    const isThere = all.includes(words) || leaves.some((leaf) => words.startsWith(`${leaf} `))
    assert.isTrue(isThere, `there is no "${words}"`)
  }
})
