import { setTimeout as wait } from "node:timers/promises"
import { switchPoller } from "./switchPoller.ts"

const [pid = "", region = "", ...uuids] = process.argv.slice(2)

const runs = () => {
  try {
    return process.kill(Number(pid), 0)
  } catch {
    return false
  }
}

while (runs()) await wait(500)
for (const uuid of uuids) await switchPoller("--no-enabled", region, uuid)
