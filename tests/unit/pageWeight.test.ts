import { globSync, readFileSync } from "node:fs"
import { dirname, join, relative } from "node:path"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"
import { assert, describe, it } from "@effect/vitest"
import { styles } from "../../packages/local/host/page.ts"

const root = fileURLToPath(new URL("../../packages/local/page", import.meta.url))

const read = (path: string) => readFileSync(join(root, path), "utf8")

/** Bytes on the wire of a host that compresses. */
const weightOf = (text: string) => gzipSync(text).length

/** All that a module cannot do without; what it loads later, by `import()`, is not among it. */
const neededBy = (path: string, found = new Set<string>()): ReadonlySet<string> => {
  if (found.has(path)) return found
  found.add(path)
  for (const [, from = ""] of read(path).matchAll(/^(?:import|\}) [^\n]*?"(\.[^"]+\.js)"$|^import "(\.[^"]+)"$/gm)) {
    neededBy(relative(root, join(root, dirname(path), from)), found)
  }
  return found
}

const sum = (weights: ReadonlyArray<number>) => weights.reduce((one, other) => one + other, 0)

describe("the page's weight, compressed and without media", () => {
  it.each([
    ["en", "start/start.js", 40_000],
    ["es", "start/start.js", 40_000],
    // Who comes back has the chat before them, and no form.
    ["en", "chat/chat.js", 42_000],
    ["es", "chat/chat.js", 42_000],
  ])("is small for all that is loaded before anything is clicked, in %s with %s", (language, main, budget) => {
    const modules = [
      ...neededBy(main, new Set(neededBy("main.js"))),
      ...globSync(`words/${language}/*.js`, { cwd: root }),
    ]
    assert.includeMembers(modules, ["system/card.js", main, `words/${language}/words.js`])
    assert.isFalse(modules.some((path) => path.startsWith("faults/") || path.startsWith("operations/")))
    const style = weightOf(styles.map(read).join("\n"))
    const weight = sum([...modules, "index.html", "icons/sprite.svg"].map((path) => weightOf(read(path)))) + style
    assert.isAtMost(weight, budget)
    // A budget with room to spare would hold nobody.
    assert.isAtLeast(weight, budget - 8_000)
  })

  it("is at most 15 KB for any one panel that is loaded when it is opened", () => {
    const atFirst = neededBy("main.js")
    const panels = [...read("tabs/list.js").matchAll(/import\("\.\.\/([^"]+)"\)/g)].map(([, path = ""]) => path)
    assert.isAtLeast(panels.length, 2)
    for (const panel of panels) {
      const modules = [...neededBy(panel)].filter((path) => !atFirst.has(path))
      const words = globSync(`${dirname(panel)}/words.es.js`, { cwd: root })
      const weight = sum([...modules, ...words].map((path) => weightOf(read(path))))
      assert.isAtMost(weight, 15_000, panel)
    }
  })
})
