import { globSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"

const root = fileURLToPath(new URL("../../../", import.meta.url))
const files = globSync(["{packages,brands,stacks,tests}/**/*.ts"], { cwd: root, exclude: ["**/node_modules/**"] })

describe("a layer", () => {
  it("is exported by a module named for its service, and is no part of the class", () => {
    assert.isAbove(files.length, 500)
    const inClasses = files.filter((file) => /^ *static .*layer/im.test(readFileSync(`${root}/${file}`, "utf8")))
    assert.deepStrictEqual(inClasses, [])
  })
})
