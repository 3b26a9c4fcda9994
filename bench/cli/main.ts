import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Tables from "../../packages/local/store/Tables.ts"
import { flagsOf } from "../flags.ts"
import { median } from "../median.ts"

// How long an operator waits for the tool: whole processes, each kind in turn, beside Node's own start.

const { values } = flagsOf(
  { options: { check: { type: "boolean" }, rounds: { type: "string", default: "15" } } },
  { rounds: "a whole number above 0" },
)

/** Milliseconds: what is longer is felt as waiting. */
const budget = 400

const bin = join(import.meta.dirname, "../../packages/cli/bin.js")
const kinds: Readonly<Record<string, ReadonlyArray<string>>> = {
  "node alone": ["--eval", "0"],
  "concierge --help": [bin, "--help"],
  "concierge link list": [bin, "link", "list"],
  "concierge dlq list": [bin, "dlq", "list"],
  "concierge recount": [bin, "recount"],
}

const directory = mkdtempSync(join(tmpdir(), "concierge-start-"))
const env = { ...process.env, CONCIERGE_DATA: directory, NO_COLOR: "1" }

const millisOf = (args: ReadonlyArray<string>): number => {
  const begun = performance.now()
  const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: "utf8" })
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}: ${stderr}`)
  return performance.now() - begun
}

try {
  await Effect.runPromise(Effect.scoped(Layer.build(Tables.layer(join(directory, "concierge.sqlite")))))
  // The first run after a change bundles the tool, and the first of a bundle compiles it.
  for (let warm = 0; warm < 2; warm++) for (const args of Object.values(kinds)) millisOf(args)
  const times = new Map(Object.keys(kinds).map((kind) => [kind, [] as Array<number>]))
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const [kind, args] of Object.entries(kinds)) times.get(kind)?.push(millisOf(args))
  }
  console.log(
    `${"ms, whole process".padEnd(22)}${["fastest", "median", "slowest"].map((of) => of.padStart(9)).join("")}`,
  )
  for (const [kind, taken] of times) {
    const figures = [Math.min(...taken), median(taken), Math.max(...taken)]
    console.log(`${kind.padEnd(22)}${figures.map((figure) => figure.toFixed(0).padStart(9)).join("")}`)
  }
  const slow = [...times].filter(([, taken]) => median(taken) > budget).map(([kind]) => kind)
  if (slow.length > 0) console.log(`Over ${budget} ms: ${slow.join(", ")}`)
  if (values.check === true && slow.length > 0) process.exitCode = 1
} finally {
  rmSync(directory, { recursive: true })
}
