import { execFile } from "node:child_process"
import { setTimeout as wait } from "node:timers/promises"
import { promisify } from "node:util"

/** Lambda refuses a change while the one before is under way, which takes seconds. */
const attempts = 30

export const switchPoller = async (to: "--enabled" | "--no-enabled", region: string, uuid: string): Promise<void> => {
  const args = ["lambda", "update-event-source-mapping", "--region", region, "--uuid", uuid, to]
  for (let attempt = 1; ; attempt += 1) {
    try {
      await promisify(execFile)("aws", args)
      return
    } catch (fault) {
      if (attempt === attempts || !/ResourceInUse/.test(String(fault))) throw fault
      await wait(2_000)
    }
  }
}
