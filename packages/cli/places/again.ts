import { spawn } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { fileURLToPath } from "node:url"
import * as Effect from "effect/Effect"
import { BadInput } from "../BadInput.ts"

/** Of the repository, where SST finds its configuration. */
export const sstRoot = fileURLToPath(new URL("../../..", import.meta.url))
const bin = fileURLToPath(new URL("../../../node_modules/.bin", import.meta.url))

/** `sst shell` splits arguments at their spaces, runs in the repository and has exit codes of its own: these go past it. */
const past = "CONCIERGE_AGAIN"

interface Again {
  readonly args: ReadonlyArray<string>
  readonly cwd: string
  /** Gets the exit code. */
  readonly codeFile: string
}

const passedOn = (): Again | undefined => {
  const again = process.env[past]
  return again === undefined ? undefined : JSON.parse(again)
}

/** What the operator typed. */
export const givenArguments = (): ReadonlyArray<string> => passedOn()?.args ?? process.argv.slice(2)

/** Once, before anything else: inside `sst shell` it goes on as if it had been begun where the operator is. */
export const arrive = (): void => {
  if (isInShell()) useItsAccount()
  const again = passedOn()
  if (again === undefined) return
  process.chdir(again.cwd)
  process.once("exit", (code) => writeFileSync(again.codeFile, String(code)))
}

/** In which `sst` is found, after whatever else the operator has. */
export const sstEnvironment = () => ({
  ...process.env,
  PATH: `${process.env.PATH ?? ""}${delimiter}${bin}`,
  SST_TELEMETRY_DISABLED: "1",
})

/** Inside `sst shell` the stage's resources are in the environment. */
export const isInShell = (): boolean => process.env.SST_RESOURCE_App !== undefined

/**
 * `sst shell` hands over keys and `AWS_DEFAULT_REGION`. The SDK would take the operator's own `AWS_PROFILE` before those
 * keys, with a warning, and its region: it does not know that name. SST needs both to sign in, so that they cannot be left
 * out of what it is given.
 */
const useItsAccount = (): void => {
  const { AWS_ACCESS_KEY_ID, AWS_DEFAULT_REGION } = process.env
  if (AWS_ACCESS_KEY_ID) delete process.env.AWS_PROFILE
  if (AWS_DEFAULT_REGION) process.env.AWS_REGION = AWS_DEFAULT_REGION
}

/**
 * This whole command once more, inside `sst shell`, where the stage's resources are in the environment. An operator's
 * Ctrl-C reaches it there as well: this one waits until it has ended what it had in hand.
 */
export const again = (stage: string): Effect.Effect<void, BadInput> => Effect.uninterruptible(inShell(stage))

const inShell = (stage: string) =>
  Effect.callback<void, BadInput>((resume) => {
    if (!/^[a-zA-Z0-9-]+$/.test(stage)) {
      resume(Effect.fail(new BadInput({ advice: `"${stage}" is no stage's name: use letters, digits and -` })))
      return
    }
    const directory = mkdtempSync(join(tmpdir(), "concierge-"))
    const codeFile = join(directory, "code")
    const given: Again = { args: process.argv.slice(2), cwd: process.cwd(), codeFile }
    const env = { ...sstEnvironment(), [past]: JSON.stringify(given) }
    const args = ["shell", "--stage", stage, "--", "node_modules/.bin/node", "packages/cli/bin.js"]
    const child = spawn("sst", args, { cwd: sstRoot, env, stdio: "inherit" })
    // Whoever ends this one by its id means that one.
    process.once("SIGTERM", () => child.kill("SIGTERM"))
    child.once("error", () =>
      resume(Effect.fail(new BadInput({ advice: "sst was not found: run npm ci in the repository" }))),
    )
    child.once("exit", (code) => {
      process.exitCode = existsSync(codeFile) ? Number(readFileSync(codeFile, "utf8")) : code || 1
      rmSync(directory, { recursive: true })
      resume(Effect.void)
    })
  })
