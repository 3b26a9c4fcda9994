// What `npm run infra:diff` and `infra:check` print, of a plan that was made before. The stage is read as they read it.
import { readFileSync } from "node:fs"
import { parseArgs, parseEnv } from "node:util"
import { againstServices, report } from "../../../stacks/check/check.ts"
import type { Plan } from "../../../stacks/diff/plan.ts"
import { json, print } from "../../../stacks/diff/print.ts"
import { stageOf } from "../../../stacks/stage.ts"
import { fileOptions, withFile } from "../../../stacks/stageFile.ts"

const [script, ...args] = process.argv.slice(2)
const { stage = "", json: asJson } = parseArgs({
  args,
  options: { stage: { type: "string" }, json: { type: "boolean" } },
}).values

const read = (file: string) => {
  try {
    return parseEnv(readFileSync(file, "utf8"))
  } catch {
    return {}
  }
}
try {
  const env = { ...process.env, ...read(`.env.${stage}`) }
  stageOf(stage, withFile(stage, env, fileOptions(stage, env)))
  const plan: Plan = JSON.parse(readFileSync(`${process.env.MOCK}/plans/${stage}`, "utf8"))
  // Without the provider's own declarations, which take a run of the compiler and have a test that makes it.
  const said = script === "infra:check" ? report(plan, againstServices(plan)) : asJson ? json(plan) : print(plan)
  process.stdout.write(`${said}\n`)
} catch (fault) {
  process.stderr.write(`${fault instanceof Error ? fault.message : fault}\n`)
  process.exitCode = 1
}
