import { spawnSync } from "node:child_process"
import fs from "node:fs"
import path from "node:path"
import type { Plan, Planned } from "../diff/plan.ts"
import type { Verdict } from "./finding.ts"

const root = path.resolve(import.meta.dirname, "../..")
const folder = path.join(root, ".sst", "offline")

/**
 * Names, types and what is required, as the provider declares them. SST lets anything through that a transform adds, and
 * so do the mocks; the compiler does not, so each resource becomes a line for it.
 */
export const againstProvider = ({ stage, resources }: Plan): Verdict => {
  const checked = resources.filter(({ type }) => type.startsWith("aws:"))
  const file = path.join(folder, `check-${stage}.ts`)
  fs.writeFileSync(file, source(checked))
  const flags = ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--types", "node", "--ignoreConfig"]
  const { stdout, status } = spawnSync(path.join(root, "node_modules/.bin/tsc"), [...flags, file], {
    cwd: root,
    encoding: "utf8",
  })
  const faults = stdout.split("\n").filter((line) => /\berror TS\d+/.test(line))
  if (status !== 0 && faults.length === 0) throw new Error(stdout)
  const findings = faults.map((fault) => {
    const [, line = "0", says = fault] = /\((\d+),\d+\): error TS\d+: (.*)$/.exec(fault) ?? []
    return { resource: checked[Number(line) - firstLine]?.name ?? "?", where: "inputs", says }
  })
  return { by: "the provider's declarations (@pulumi/aws)", looked: `${checked.length} resources`, findings }
}

/** The first line of the file is the import. */
const firstLine = 2

const source = (resources: ReadonlyArray<Planned>) => {
  const provider = path.join(root, ".sst/platform/node_modules/@pulumi/aws/index.js")
  const lines = resources.map(({ type, inputs }, i) => `export const r${i}: ${args(type)} = ${literal(inputs)}`)
  return [`import type * as aws from ${JSON.stringify(provider)}`, ...lines, ""].join("\n")
}

/** `aws:sqs/queue:Queue` takes `aws.sqs.QueueArgs`. */
const args = (type: string) => {
  const [, module = "", name = ""] = type.split(":")
  return `aws.${module.split("/")[0]}.${name}Args`
}

/** An archive is an object of the engine's, not of the provider's; null is a property that was left out. */
const literal = (inputs: Planned["inputs"]) =>
  JSON.stringify(inputs, (key, value: unknown) =>
    value === null || (key === "source" && typeof value === "object") ? undefined : value,
  )
