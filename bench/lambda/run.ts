import { spawn } from "node:child_process"
import { once } from "node:events"
import type { Measured, Task } from "./child.ts"

/** One handler in a fresh process. The environment is all that it gets. */
export const run = async (
  child: string,
  task: Task,
  env: Readonly<Record<string, string>>,
  flags: ReadonlyArray<string> = [],
): Promise<Measured> => {
  const process_ = spawn(process.execPath, [...flags, child, JSON.stringify(task)], {
    env,
    // What handlers log goes nowhere, as fast for all of them; errors and the result come by the other.
    stdio: ["ignore", "ignore", "pipe"],
  })
  let text = ""
  process_.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk
  })
  const [code] = await once(process_, "close")
  if (code !== 0) throw new Error(`${task.bundle} ended with ${code}: ${text}`)
  return JSON.parse(text.trim().split("\n").at(-1) ?? "")
}
