import { readFileSync } from "node:fs"
import { dirname, join, relative } from "node:path"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"
import { assert, describe, it } from "@effect/vitest"
import { styles } from "../../packages/local/host/page.ts"

const root = fileURLToPath(new URL("../../packages/local/page", import.meta.url))

const read = (path: string) => readFileSync(join(root, path), "utf8")

/** Bytes on the wire of a host that compresses. */
const weightOf = (text: string) => gzipSync(text).length

const staticImport = /^(?:import|\}) [^\n]*?"(\.[^"]+\.js)"$|^import "(\.[^"]+)"$/gm
const wordsOf = { en: /: import\("([^"]+\.js)"\)\)$/gm, es: /^[^\n]*\? import\("([^"]+\.js)"\)/gm }
const styleOf = /styled\("([^"]+)"\)/g

type Language = keyof typeof wordsOf

/** All that a module cannot do without; what it loads later, by `import()` in a function, is not among it. */
const neededBy = (path: string, language: Language, found = new Set<string>()): ReadonlySet<string> => {
  if (found.has(path)) return found
  found.add(path)
  const text = read(path)
  // At the top level of a module its words are waited for before anything is shown.
  const atOnce = text.replace(/^ {2,}[^?:\n].*$/gm, "")
  const modules = [...text.matchAll(staticImport), ...atOnce.matchAll(wordsOf[language])]
  for (const [, from = ""] of modules) neededBy(relative(root, join(root, dirname(path), from)), language, found)
  for (const [, style = ""] of text.matchAll(styleOf)) found.add(style)
  return found
}

const sum = (weights: ReadonlyArray<number>) => weights.reduce((one, other) => one + other, 0)

const most = 40_000

describe("the page's weight, compressed and without media", () => {
  it.each(
    (["en", "es"] as const).flatMap((language) =>
      // Who comes back has the chat before them, and no form.
      (["start/start.js", "chat/chat.js"] as const).map((main) => [language, main] as const),
    ),
  )("is small for all that is loaded before anything is clicked, in %s with %s", (language, main) => {
    const modules = [...neededBy(main, language, new Set(neededBy("main.js", language)))]
    assert.includeMembers(modules, [
      "system/card.js",
      main,
      `words/${language}/words.js`,
      `words/${language}/records.js`,
    ])
    assert.isFalse(modules.some((path) => /^(?:faults|operations|film)\/|step/.test(path)))
    const style = weightOf(styles.map(read).join("\n"))
    const weight = sum([...modules, "index.html", "icons/sprite.svg"].map((path) => weightOf(read(path)))) + style
    assert.isAtMost(weight, most)
    // A budget with room to spare would hold nobody.
    assert.isAtLeast(weight, most - 12_000)
  })

  it("is at most 15 KB for any one panel that is loaded when it is opened", () => {
    const atFirst = neededBy("main.js", "es")
    const panels = [...read("tabs/list.js").matchAll(/import\("\.\.\/([^"]+)"\)/g)].map(([, path = ""]) => path)
    assert.isAtLeast(panels.length, 2)
    for (const panel of panels) {
      const modules = [...neededBy(panel, "es")].filter((path) => !atFirst.has(path))
      assert.isTrue(modules.some((path) => path.endsWith("words.es.js")))
      const weight = sum(modules.map((path) => weightOf(read(path))))
      assert.isAtMost(weight, 15_000, panel)
    }
  })
})
