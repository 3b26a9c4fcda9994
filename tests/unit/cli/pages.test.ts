import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { assert, it } from "@effect/vitest"
import { commands } from "../../../packages/cli/commands.ts"

const pages = ["README.md", "docs/deploy.md", "docs/operating.md", "docs/links.md"]

interface Listed {
  readonly name: string
  readonly subcommands: ReadonlyArray<{ readonly commands: ReadonlyArray<Listed> }>
}

it("the pages name commands that there are", async () => {
  const all: ReadonlyArray<Listed> = await commands(() => true)
  const typed = pages.flatMap((page) => {
    const text = readFileSync(fileURLToPath(new URL(`../../../${page}`, import.meta.url)), "utf8")
    return [...text.matchAll(/(?:npx concierge|npm run concierge --) ((?:[a-z]+ ?)+)/g)].map(([, words = ""]) =>
      words.trim(),
    )
  })
  assert.isAbove(typed.length, 15)
  for (const words of typed) {
    let level = all
    for (const word of words.split(" ")) {
      const found = level.find(({ name }) => name === word)
      assert.isDefined(found, `${words}: there is no ${word}`)
      level = found?.subcommands.flatMap(({ commands }) => commands) ?? []
      if (level.length === 0) break
    }
  }
})
