import { spawn } from "node:child_process"
import path from "node:path"
import { switchPoller } from "./switchPoller.ts"

const [region = "", ...uuids] = process.argv.slice(2)

// A process of its own, which outlives this one however that ends: a closed terminal, a Ctrl-C, a kill.
const watcher = path.join(import.meta.dirname, "watcher.ts")
spawn(process.execPath, [watcher, String(process.pid), region, ...uuids], { detached: true, stdio: "ignore" }).unref()

for (const uuid of uuids) await switchPoller("--enabled", region, uuid)
console.log("The worker polls its queues. When sst dev ends they are polled no more, and updates wait in them.")
// Until SST ends it.
setInterval(() => {}, 2 ** 30)
