import { spawn } from "node:child_process"
import fs from "node:fs"
import path from "node:path"
import { pathToFileURL } from "node:url"
import { kept } from "./kept.ts"
import type { Plan, Recording } from "./plan.ts"
import { startEndpoint } from "./startEndpoint.ts"

export const root = path.resolve(import.meta.dirname, "../..")
const scratch = path.join(root, ".sst", "offline")

/** Stand-ins of the right shape, as a file hands them over: with a newline. The plan never needs the real ones. */
const standIns: Readonly<Record<string, string>> = {
  TelegramBotToken: `1:${"A".repeat(35)}\n`,
  TelegramWebhookSecret: "offline\n",
  TombstoneKey: `${"k".repeat(40)}\n`,
}

export interface SynthOptions {
  /** Stage options (`STAGE_…`); over those of the shell and of `.env.<stage>`. */
  readonly options?: Readonly<Record<string, string>>
  /** Secrets beside those that every stage has. */
  readonly secrets?: Readonly<Record<string, string>>
  /** Secrets to pretend that nobody has set. */
  readonly without?: ReadonlyArray<string>
  /** Of the functions as they were built last, of whatever brand. */
  readonly isBuilt?: boolean
}

/** A plan that could not be made; the message says what to do. */
export class PlanError extends Error {}

/** Runs the real `sst diff` with the engine and AWS stood in for, and gives back what the engine was asked to make. */
export const synth = async (
  stage: string,
  { isBuilt = false, options, secrets: more, without = [] }: SynthOptions = {},
): Promise<Plan> => {
  fs.mkdirSync(scratch, { recursive: true })
  const recordingFile = path.join(scratch, `${stage}.json`)
  fs.rmSync(recordingFile, { force: true })
  const endpoint = await startEndpoint()
  const restore = kept(root)
  try {
    const secrets = Object.entries({ ...standIns, ...more }).filter(([name]) => !without.includes(name))
    const said = await runSst(stage, {
      ...pinned(options),
      ...(isBuilt && { CONCIERGE_PREBUILT: "1" }),
      ...Object.fromEntries(secrets.map(([name, value]) => [`SST_SECRET_${name}`, value])),
      AWS_ENDPOINT_URL: endpoint.url,
      INFRA_DIFF_RECORDING: recordingFile,
    })
    const recording: Recording = fs.existsSync(recordingFile)
      ? JSON.parse(fs.readFileSync(recordingFile, "utf8"))
      : { error: said }
    if ("error" in recording) throw new PlanError(recording.error)
    return { stage, resources: recording.resources, outputs: recording.outputs }
  } finally {
    restore()
    endpoint.close()
  }
}

/** Ends with what the CLI said, which matters only when the engine was never reached. */
const runSst = (stage: string, env: Readonly<Record<string, string>>) =>
  new Promise<string>((ended, failed) => {
    const bin = path.join(root, "node_modules", ".bin")
    const child = spawn(path.join(bin, "sst"), ["diff", "--stage", stage], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      // The shell's environment stays (proxies and certificates for the first install); only what SST and AWS read is replaced.
      env: { ...process.env, ...offline, ...env, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ""}` },
    })
    let said = ""
    child.stdout.on("data", (text) => (said += text))
    child.stderr.on("data", (text) => (said += text))
    child.on("error", failed)
    child.on("exit", () => ended(said.trim()))
  })

const pinned = (options: SynthOptions["options"]) => {
  const json = options ? JSON.stringify(options) : process.env.INFRA_DIFF_OPTIONS
  if (json === undefined) return {}
  const pin = pathToFileURL(path.join(import.meta.dirname, "pin.ts"))
  return { INFRA_DIFF_OPTIONS: json, NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --import=${pin}` }
}

const offline = {
  SST_PULUMI_PATH: path.join(import.meta.dirname, "engine.ts"),
  SST_SKIP_DEPENDENCY_CHECK: "1",
  SST_NO_BUN: "1",
  SST_TELEMETRY_DISABLED: "1",
  // Pulumi and what knows AWS are large, and the same each time.
  NODE_COMPILE_CACHE: path.join(scratch, "compiled"),
  XDG_CONFIG_HOME: path.join(scratch, "home"),
  AWS_ACCESS_KEY_ID: "offline",
  AWS_SECRET_ACCESS_KEY: "offline",
  AWS_SESSION_TOKEN: undefined,
  AWS_PROFILE: undefined,
  AWS_REGION: undefined,
  AWS_DEFAULT_REGION: undefined,
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  AWS_EC2_METADATA_DISABLED: "true",
}
