import { spawn } from "node:child_process"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"

// Plays the page's film on a host of its own, with nothing stored before and nothing left after it.

const main = fileURLToPath(new URL("../main.ts", import.meta.url))
const data = await mkdtemp(join(tmpdir(), "concierge-demo-"))
const { TELEGRAM_BOT_TOKEN: _, ...inherited } = process.env
const env = { ...inherited, PORT: "0", CONCIERGE_DATA: data }
const host = spawn(process.execPath, [main], { env, stdio: ["ignore", "pipe", "inherit"] })

/** What opens a page in the user's browser. */
const openers: Partial<Record<NodeJS.Platform, readonly [string, ...ReadonlyArray<string>]>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start"],
}

const open = (url: string) => {
  const [command, ...args] = openers[process.platform] ?? ["xdg-open"]
  const opened = spawn(command, [...args, url], { stdio: "ignore", detached: true })
  opened.on("error", () => console.log("  No browser could be opened from here: open the address yourself."))
  opened.unref()
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => host.kill("SIGTERM"))
host.once("exit", async (code) => {
  await rm(data, { recursive: true, force: true })
  process.exitCode = code ?? 0
})

let isOpen = false
for await (const line of createInterface(host.stdout)) {
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0]
  // The host says it once more when the film has killed it.
  if (url === undefined || isOpen) continue
  isOpen = true
  console.log(`\n  The film plays at ${url}/?film\n\n  Ctrl-C ends it.\n`)
  open(`${url}/?film`)
}
