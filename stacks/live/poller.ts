import { spawn } from "node:child_process"
import path from "node:path"
import { switchPoller } from "./switchPoller.ts"

const [region = "", uuid = ""] = process.argv.slice(2)

// A process of its own, which outlives this one however that ends: a closed terminal, a Ctrl-C, a kill.
const watcher = path.join(import.meta.dirname, "watcher.ts")
spawn(process.execPath, [watcher, String(process.pid), region, uuid], { detached: true, stdio: "ignore" }).unref()

await switchPoller("--enabled", region, uuid)
console.log("The worker polls its queue. When sst dev ends the poller is switched off, and updates wait in the queue.")
// Until SST ends it.
setInterval(() => {}, 2 ** 30)
