import { execFileSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"

const root = fileURLToPath(new URL("../../../", import.meta.url))
const unit = readFileSync(join(root, "docs/concierge.service"), "utf8")
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"))

const valueOf = (name: string): string => new RegExp(`^${name}=(.*)$`, "m").exec(unit)?.[1] ?? assert.fail(`no ${name}`)

describe("the systemd unit", () => {
  it("starts what `npm start` starts, in a copy of the repository", () => {
    const home = valueOf("WorkingDirectory")
    const [node = "", ...args] = valueOf("ExecStart").split(" ")
    assert.strictEqual(["node", ...args].join(" "), scripts.start)
    assert.isTrue(existsSync(join(root, node.slice(home.length + 1))))
  })

  it("gives a stop the time that a worker's invocation may take, and starts again", () => {
    assert.isAtLeast(Number(valueOf("TimeoutStopSec")), 50)
    assert.strictEqual(valueOf("Restart"), "always")
    assert.include(valueOf("Environment"), `CONCIERGE_DATA=/var/lib/${valueOf("StateDirectory")}`)
  })

  it("has no line that systemd does not know", () => {
    // Where there is no systemd, the two above say as much as can be said.
    if (!existsSync("/usr/bin/systemd-analyze")) return
    const said = verified()
    assert.notMatch(said, /Unknown (?:key|section|lvalue)|Failed to parse|Invalid/i)
  })
})

/** It also finds that this machine has no such user and no such folder, which is none of the unit's fault. */
const verified = (): string => {
  try {
    return execFileSync("systemd-analyze", ["verify", join(root, "docs/concierge.service")], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    })
  } catch (error) {
    return error instanceof Error && "stderr" in error ? String(error.stderr) : ""
  }
}
