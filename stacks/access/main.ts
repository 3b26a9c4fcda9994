import fs from "node:fs"
import path from "node:path"
import { parseArgs, parseEnv } from "node:util"
import { StageError } from "../options.ts"
import { grant } from "./grant.ts"
import { saidBy, tool } from "./tools.ts"

const usage = "npm run infra:access -- --repo <owner>/<name> [--stage prod] [--reviewer <login>]"

const root = path.resolve(import.meta.dirname, "../..")

const refuse = (message: string) => {
  process.stderr.write(`${message}\n`)
  process.exitCode = 1
}

const options = () => {
  const { values } = parseArgs({
    options: {
      repo: { type: "string" },
      stage: { type: "string", default: "prod" },
      reviewer: { type: "string" },
    },
  })
  return values
}

try {
  const { repo = "", stage, reviewer } = options()
  const file = path.join(root, `.env.${stage}`)
  const local = fs.existsSync(file) ? parseEnv(fs.readFileSync(file, "utf8")) : {}
  if (!/^[\w.-]+\/[\w.-]+$/.test(repo)) refuse(`Which repository? ${usage}`)
  else {
    const lines = grant(tool("aws"), tool("gh"), { stage, repo, reviewer, local })
    process.stdout.write(`${lines.join("\n")}\n`)
  }
} catch (fault) {
  if (fault instanceof StageError) refuse(fault.message)
  else if (fault instanceof TypeError && "code" in fault) refuse(`${fault.message} (${usage})`)
  else refuse(saidBy(fault))
}
