import { parseArgs } from "node:util"
import { PlanError, synth } from "../diff/synth.ts"
import { check, report } from "./check.ts"

const usage = "npm run infra:check -- --stage <name>"

const refuse = (message: string) => {
  process.stderr.write(`${message}\n`)
  process.exitCode = 1
}

try {
  const { stage } = parseArgs({ options: { stage: { type: "string" } } }).values
  if (stage === undefined) refuse(`Which stage? ${usage}`)
  else {
    const plan = await synth(stage)
    const verdicts = check(plan)
    process.stdout.write(`${report(plan, verdicts)}\n`)
    if (verdicts.some(({ findings }) => findings.length > 0)) process.exitCode = 1
  }
} catch (fault) {
  if (fault instanceof PlanError) refuse(fault.message)
  else if (fault instanceof TypeError && "code" in fault) refuse(`${fault.message} (${usage})`)
  else throw fault
}
