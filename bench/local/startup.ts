import { execFileSync, spawn } from "node:child_process"
import { once } from "node:events"
import { setTimeout } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { median } from "../median.ts"
import { inPlace } from "./place.ts"

export interface Startup {
  /** From the command to the first 200 of /healthz, npm's own time included. */
  readonly millis: number
  /** Resident memory of the host five seconds later, in MB. */
  readonly idleMb: number
}

/** `npm start` in a fresh data directory. */
export const startup = async (rounds: number): Promise<Startup> => {
  const all: Array<Startup> = []
  for (let round = 0; round < rounds; round++) all.push(await startOnce())
  return { millis: median(all.map(({ millis }) => millis)), idleMb: median(all.map(({ idleMb }) => idleMb)) }
}

const root = fileURLToPath(new URL("../..", import.meta.url))

const startOnce = (): Promise<Startup> =>
  inPlace(async ({ data, port }) => {
    const env = { ...process.env, PORT: String(port), CONCIERGE_DATA: data }
    const began = performance.now()
    const npm = spawn("npm", ["start"], { cwd: root, env, stdio: "ignore" })
    const exit = once(npm, "exit")
    while (!(await isHealthy(port))) await setTimeout(5)
    const millis = performance.now() - began
    await setTimeout(5_000)
    const host = hostOf(npm.pid ?? 0)
    // The host itself: the shell between it and npm passes no signal on.
    process.kill(host.pid, "SIGTERM")
    await exit
    return { millis, idleMb: host.kb / 1024 }
  })

const isHealthy = async (port: number): Promise<boolean> => {
  try {
    return (await fetch(`http://127.0.0.1:${port}/healthz`)).status === 200
  } catch {
    return false
  }
}

/** The process that npm's shell has started, as `ps` has it on Linux and macOS. */
const hostOf = (npm: number) => {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,rss=,args="], { encoding: "utf8" }).trim().split("\n")
  const all = lines.map((line) => {
    const [pid = 0, parent = 0, kb = 0] = line.trim().split(/\s+/, 3).map(Number)
    return { pid, parent, kb, isHost: line.endsWith("packages/local/main.ts") }
  })
  const childrenOf = (pid: number): typeof all =>
    all.filter(({ parent }) => parent === pid).flatMap((child) => [child, ...childrenOf(child.pid)])
  // The shell's own arguments end in the same words, and it may have replaced itself by the host.
  const host = childrenOf(npm).findLast(({ isHost }) => isHost)
  if (host === undefined) throw new Error("npm start runs no host")
  return host
}
