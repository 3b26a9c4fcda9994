import { globSync, readFileSync } from "node:fs"
import { basename, join } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"

const packages = fileURLToPath(new URL("../../../packages", import.meta.url))
const files = globSync("{core,aws,telegram,functions}/**/*.ts", { cwd: packages, exclude: ["**/node_modules/**"] })

/** Taken with its service's name, or a reason of its service's error. */
const told = new Set(["Options", "Rejected"])

describe("names", () => {
  it("of types stand for one thing each", () => {
    const places = new Map<string, Set<string>>()
    for (const file of files) {
      const text = readFileSync(join(packages, file), "utf8")
      for (const [, name = ""] of text.matchAll(/^export (?:interface|type|class|const) ([A-Z]\w*)/gm)) {
        if (!told.has(name)) places.set(name, (places.get(name) ?? new Set()).add(file))
      }
    }
    assert.isAbove(places.size, 100)
    const several = [...places].filter(([, where]) => where.size > 1)
    assert.deepStrictEqual(
      several.map(([name, where]) => `${name}: ${[...where].join(", ")}`),
      [],
    )
  })

  it("of files in the core are what they export, where that is one thing", () => {
    const strange = files.filter((file) => {
      const text = readFileSync(join(packages, file), "utf8")
      const [one, ...more] = text.matchAll(/^export (?:interface|type|class|const|function) (\w+)/gm)
      if (!file.startsWith("core/") || one === undefined || more.length > 0 || one[1] === "layer") return false
      return one[1] !== basename(file, ".ts") && !(one[1] ?? "").startsWith("make")
    })
    assert.deepStrictEqual(strange, [])
  })
})
