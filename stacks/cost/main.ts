import fs from "node:fs"
import path from "node:path"
import { root, synth } from "../diff/synth.ts"
import { noOptions } from "../options.ts"
import { sheet } from "./sheet.ts"

const permanent = await synth("prod", { options: { ...noOptions, STAGE_ALARM_EMAIL: "ops@example.com" } })
const personal = await synth("dev-ana", { options: noOptions })
const file = path.join(root, "docs", "cost.md")
fs.writeFileSync(file, sheet(permanent, personal))
process.stdout.write(`${path.relative(root, file)} written\n`)
