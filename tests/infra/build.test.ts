import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import { root } from "../../stacks/diff/synth.ts"

const built = () => {
  execFileSync("npm", ["run", "--silent", "build"], { cwd: root, stdio: ["ignore", "ignore", "inherit"] })
  return ["webhook", "worker"].flatMap((name) =>
    readdirSync(`${root}/dist/${name}`).map((file) => [
      `${name}/${file}`,
      createHash("sha256")
        .update(readFileSync(`${root}/dist/${name}/${file}`))
        .digest("hex"),
    ]),
  )
}

describe("build", () => {
  it("gives the same files for the same sources, V8's cache included: a diff shows functions that changed and no others", () => {
    const once = built()
    assert.isTrue(once.some(([file]) => file?.endsWith(".cache")))
    assert.deepStrictEqual(built(), once)
  })
})
