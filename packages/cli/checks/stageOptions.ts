import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { parseEnv } from "node:util"
import * as Effect from "effect/Effect"
import { appSettings, type Stage, stageOf } from "../../../stacks/stage.ts"
import { fileOptions, withFile } from "../../../stacks/stageFile.ts"
import { BadInput } from "../BadInput.ts"
import { sstRoot } from "../places/again.ts"

/** What the stage is, read as a deploy reads it: its committed options, `.env`, `.env.<stage>` and the shell's. */
export const stageOptions = (name: string): Effect.Effect<Stage, BadInput> =>
  Effect.try({
    try: () => {
      const env = { ...dotEnv(".env"), ...dotEnv(`.env.${name}`), ...process.env }
      return stageOf(name, withFile(name, env, fileOptions(name, env, join(sstRoot, "stages"))))
    },
    catch: (fault) => new BadInput({ advice: fault instanceof Error ? fault.message : String(fault) }),
  })

/** Its region alone, of a stage whose other options need not be here: who looks is not always who deploys. */
export const stageRegion = (name: string): string =>
  appSettings(name, { ...process.env, ...fileOptions(name, process.env, join(sstRoot, "stages")) }).region

const dotEnv = (file: string) => {
  const path = join(sstRoot, file)
  return existsSync(path) ? parseEnv(readFileSync(path, "utf8")) : {}
}
