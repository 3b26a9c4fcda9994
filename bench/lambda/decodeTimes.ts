import { execFile } from "node:child_process"
import { promisify } from "node:util"
import { median } from "../median.ts"

/** Medians over fresh processes, in microseconds. */
export const decodeTimes = async (
  script: string,
  env: Readonly<Record<string, string>>,
  runs: number,
): Promise<Readonly<Record<string, number>>> => {
  const results: Array<Readonly<Record<string, number>>> = []
  for (let round = 0; round < runs; round++) {
    const { stderr } = await promisify(execFile)(process.execPath, [script], { env })
    results.push(JSON.parse(stderr.trim().split("\n").at(-1) ?? "{}"))
  }
  const names = Object.keys(results[0] ?? {})
  return Object.fromEntries(names.map((name) => [name, median(results.map((result) => result[name] ?? Number.NaN))]))
}
