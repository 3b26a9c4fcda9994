import fs from "node:fs"
import path from "node:path"
import { parseEnv } from "node:util"
import { type Environment, type Option, options, StageError } from "./options.ts"
import { isPermanent } from "./stage.ts"

/** Somebody's address, or a key to something: these stay out of the repository, and come from `.env.<stage>` or CI. */
export const privateOptions: ReadonlyArray<Option> = ["STAGE_ALARM_EMAIL", "STAGE_ALARM_URL"]

/** What `stages/<stage>.env` says, unchecked; nothing where there is no such file. */
export const fileOptions = (name: string, env: Environment, folder = stagesFolder(process.cwd())): Environment => {
  // A plan that was asked for with options of its own has no other source (stacks/diff/pin.ts).
  if (env.INFRA_DIFF_OPTIONS !== undefined) return {}
  const file = path.join(folder, `${name}.env`)
  return fs.existsSync(file) ? parseEnv(fs.readFileSync(file, "utf8")) : {}
}

/** The environment with the stage's committed options; throws where the two say different things. */
export const withFile = (name: string, env: Environment, file: Environment): Environment => {
  if (env.INFRA_DIFF_OPTIONS !== undefined) return env
  const where = `stages/${name}.env`
  for (const [option, value] of Object.entries(file)) {
    if (!option.startsWith("STAGE_")) throw new StageError(`${where} sets ${option}: it is for STAGE_ options alone`)
    if (privateOptions.some((known) => known === option)) {
      throw new StageError(
        `${option} is not for ${where}, which is committed: set it in .env.${name}, and as a variable of the repository`,
      )
    }
    const here = given(env[option])
    if (here !== undefined && here !== given(value)) {
      throw new StageError(
        `${option} is "${here}" here and "${value}" in ${where}, by which others deploy: make them one`,
      )
    }
  }
  // Nobody else deploys a personal stage.
  const shared = isPermanent(name, env) || isPermanent(name, file) || isPermanent(name, {})
  const alone = options.find((option) => !privateOptions.includes(option) && given(env[option]) && !given(file[option]))
  if (shared && alone !== undefined) {
    throw new StageError(
      `${alone} is set here and not in ${where}, so that the next deploy from elsewhere would undo it: write it there`,
    )
  }
  return { ...env, ...file }
}

const given = (value: string | undefined) => value?.trim() || undefined

/** SST may be run from any folder below the one with its configuration. */
const stagesFolder = (from: string): string =>
  fs.existsSync(path.join(from, "sst.config.ts")) || path.dirname(from) === from
    ? path.join(from, "stages")
    : stagesFolder(path.dirname(from))
