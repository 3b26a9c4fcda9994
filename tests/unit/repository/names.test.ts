import { globSync, readFileSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"

const root = fileURLToPath(new URL("../../..", import.meta.url))
const files = globSync("{packages,stacks}/**/*.ts", { cwd: root, exclude: ["**/node_modules/**", "**/*.d.ts"] })

/** What of these stands for one thing wherever it is named; the other packages are programs. */
const shared = /^packages\/(core|aws|telegram|functions)\//

/** Taken with its service's name, or a reason of its service's error. */
const told = new Set(["Options", "Rejected"])

const exportsOf = (file: string, kinds: string): ReadonlyArray<string> => {
  const found = readFileSync(join(root, file), "utf8").matchAll(new RegExp(`^export (?:${kinds}) (\\w+)`, "gm"))
  return [...new Set([...found].map(([, name = ""]) => name))]
}

describe("names", () => {
  it("of types stand for one thing each", () => {
    const places = new Map<string, Set<string>>()
    for (const file of files.filter((file) => shared.test(file))) {
      for (const name of exportsOf(file, "interface|type|class|const")) {
        if (/^[A-Z]/.test(name) && !told.has(name)) places.set(name, (places.get(name) ?? new Set()).add(file))
      }
    }
    assert.isAbove(places.size, 100)
    const several = [...places].filter(([, where]) => where.size > 1)
    assert.deepStrictEqual(
      several.map(([name, where]) => `${name}: ${[...where].join(", ")}`),
      [],
    )
  })

  it("of files are what they export, where that is one thing", () => {
    const alone = files.flatMap((file) => {
      const [one, ...more] = exportsOf(file, "interface|type|class|const|function|async function")
      return one === undefined || more.length > 0 ? [] : [{ file, one }]
    })
    assert.isAbove(alone.length, 200)
    const strange = alone.filter(({ file, one }) => !isNamedFor(file, one))
    assert.deepStrictEqual(
      strange.map(({ file, one }) => `${file}: ${one}`),
      [],
    )
  })
})

/** What a module is asked for by its own name (`Users.layer`, `s3.open()`), and what Lambda takes of an entry. */
const ofTheModule = new Set(["layer", "open", "handler"])

/** What a thing is, beside what it is called: `tracerLayer` stands in `tracer.ts`, `makeHand` in `Hand.ts`. */
const kinds = new Set(["layer", "route", "make", "of", "from", "with"])

/** Its folders need not be said again: `worker.ts` in `layers` has `workerLayer`, `routes.ts` in `outages` `outageRoutes`. */
const isNamedFor = (file: string, one: string): boolean => {
  const [name = ""] = basename(file).split(".")
  if (one === name || ofTheModule.has(one)) return true
  const [own, given, folders] = [wordsOf(name), wordsOf(one), wordsOf(dirname(file))]
  return (
    own.every((word) => given.includes(word)) && given.every((word) => [...own, ...folders, ...kinds].includes(word))
  )
}

const wordsOf = (name: string): ReadonlyArray<string> =>
  (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []).map((word) => word.toLowerCase().replace(/s$/, ""))
