import { execFileSync } from "node:child_process"
import { parseArgs } from "node:util"
import { appSettings } from "../stage.ts"
import { fileOptions } from "../stageFile.ts"
import { back, release } from "./release.ts"

const usage = "npm run release -- --stage <name> [--back]"

const refuse = (message: string) => {
  process.stderr.write(`${message}\n`)
  process.exitCode = 1
}

try {
  const { stage, back: toTheLast } = parseArgs({
    options: { stage: { type: "string" }, back: { type: "boolean", default: false } },
  }).values
  if (stage === undefined) refuse(`Which stage? ${usage}`)
  else {
    const { region } = appSettings(stage, { ...process.env, ...fileOptions(stage, process.env) })
    const aws = (args: ReadonlyArray<string>) =>
      execFileSync("aws", [...args, "--region", region], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] })
    const say = (line: string) => process.stdout.write(`${line}\n`)
    const done = (toTheLast ? back : release)(aws, say, `concierge-${stage}`)
    if (!done) process.exitCode = 1
  }
} catch (fault) {
  if (fault instanceof Error) refuse(fault.message)
  else throw fault
}
