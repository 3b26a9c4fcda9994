import { parseArgs } from "node:util"
import { json, print } from "./print.ts"
import { PlanError, synth } from "./synth.ts"

const usage = "npm run infra:diff -- --stage <name> [--json] [--without <secret>]"

/** Standard output carries the plan and nothing else. */
const refuse = (message: string) => {
  process.stderr.write(`${message}\n`)
  process.exitCode = 1
}

const options = () => {
  const { values } = parseArgs({
    options: {
      stage: { type: "string" },
      json: { type: "boolean", default: false },
      without: { type: "string", multiple: true, default: [] },
    },
  })
  return values
}

try {
  const { stage, json: asJson, without } = options()
  if (stage === undefined) refuse(`Which stage? ${usage}`)
  else {
    const plan = await synth(stage, { without })
    process.stdout.write(`${asJson ? json(plan) : print(plan)}\n`)
  }
} catch (fault) {
  if (fault instanceof PlanError) refuse(fault.message)
  else if (fault instanceof TypeError && "code" in fault) refuse(`${fault.message} (${usage})`)
  else throw fault
}
