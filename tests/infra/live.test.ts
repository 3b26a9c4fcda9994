import { spawn } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { vi } from "vitest"
import { root } from "../../stacks/diff/synth.ts"

/** An `aws` that notes what it is asked; at the first wish to switch off it is still busy with the one before. */
const fakeAws = () => {
  const folder = mkdtempSync(path.join(tmpdir(), "aws-"))
  const script = `#!/bin/sh
echo "$@" >> ${folder}/asked
case "$*" in *--no-enabled*) [ -e ${folder}/busy ] || { touch ${folder}/busy; echo ResourceInUseException >&2; exit 254; };; esac
`
  writeFileSync(path.join(folder, "aws"), script, { mode: 0o755 })
  const asked = () => {
    const file = path.join(folder, "asked")
    return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : []
  }
  return { folder, asked }
}

describe("the worker's poller", () => {
  it("runs as long as sst dev, and is off when that is killed: updates wait instead of being acknowledged", async () => {
    const { folder, asked } = fakeAws()
    const child = spawn(process.execPath, [`${root}/stacks/live/poller.ts`, "eu-central-1", "0a1b", "2c3d"], {
      env: { ...process.env, PATH: `${folder}${path.delimiter}${process.env.PATH}` },
      stdio: "ignore",
    })
    const call = (uuid: string) => `lambda update-event-source-mapping --region eu-central-1 --uuid ${uuid}`
    const on = [`${call("0a1b")} --enabled`, `${call("2c3d")} --enabled`]
    await vi.waitFor(() => assert.deepStrictEqual(asked(), on), { timeout: 10_000 })
    child.kill("SIGKILL")
    const [off, other] = [`${call("0a1b")} --no-enabled`, `${call("2c3d")} --no-enabled`]
    await vi.waitFor(() => assert.deepStrictEqual(asked(), [...on, off, off, other]), { timeout: 15_000 })
  })
})
