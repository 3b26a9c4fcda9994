#!/usr/bin/env node
// Stands in for the pulumi binary (SST_PULUMI_PATH): SST calls it as `preview --stack … --event-log … --config k=v …`
// in a folder whose Pulumi.yaml names the program that SST has bundled.
import fs from "node:fs"
import path from "node:path"
import { pathToFileURL } from "node:url"
import type { Recording } from "./plan.ts"
import { record } from "./recorder.ts"

const flags = (name: string) => process.argv.flatMap((arg, i, all) => (arg === name ? [all[i + 1] ?? ""] : []))

const finish = (recording: Recording) => {
  fs.writeFileSync(process.env.INFRA_DIFF_RECORDING ?? "/dev/stdout", JSON.stringify(recording))
  if ("error" in recording) process.exit(1)
}
const fail = (fault: unknown) => finish({ error: fault instanceof Error ? fault.message : String(fault) })
process.on("unhandledRejection", fail)
process.on("uncaughtException", fail)

const main = /^main: (.*)$/m.exec(fs.readFileSync("Pulumi.yaml", "utf8"))?.[1] ?? ""
const [, app = "", stage = ""] = flags("--stack")[0]?.split("/") ?? []
const config = Object.fromEntries(flags("--config").map((pair) => pair.split(/=(.*)/s, 2)))

const { pulumi, resources } = await record({ platform: path.dirname(main), app, stage, config })
const run = pulumi.runtime.runInPulumiStack(async () => (await import(pathToFileURL(main).href)).default)
// Resources are made in continuations that nobody awaits: the plan is whole when nothing is left to run.
process.once("beforeExit", async () => {
  const outputs: Record<string, unknown> = (await run) ?? {}
  fs.appendFileSync(flags("--event-log")[0] ?? "", `${JSON.stringify(summary)}\n`)
  finish({ resources, outputs })
})

/** The event by which SST knows that the engine has ended well. */
const summary = {
  sequence: 1,
  timestamp: 1,
  summaryEvent: { maybeCorrupt: false, durationSeconds: 1, resourceChanges: {}, PolicyPacks: {} },
}
