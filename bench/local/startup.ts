import { execFileSync, spawn } from "node:child_process"
import { once } from "node:events"
import { setTimeout } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { median } from "./median.ts"
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
    try {
      while (!(await isHealthy(port))) await setTimeout(5)
      const millis = performance.now() - began
      await setTimeout(5_000)
      const [host] = familyOf(npm.pid ?? 0)
        .toSorted((one, other) => other.kb - one.kb)
        .filter(({ isHost }) => isHost)
      return { millis, idleMb: (host?.kb ?? Number.NaN) / 1024 }
    } finally {
      // npm passes the signal on and waits for the host's end.
      npm.kill("SIGTERM")
      await exit
    }
  })

const isHealthy = async (port: number): Promise<boolean> => {
  try {
    return (await fetch(`http://127.0.0.1:${port}/healthz`)).status === 200
  } catch {
    return false
  }
}

interface Process {
  readonly pid: number
  readonly kb: number
  readonly isHost: boolean
}

const familyOf = (ancestor: number): ReadonlyArray<Process> => {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,rss=,args="], { encoding: "utf8" }).trim().split("\n")
  const all = lines.map((line) => {
    const [pid = 0, ppid = 0, kb = 0] = line.trim().split(/\s+/, 3).map(Number)
    return { pid, ppid, kb, isHost: /packages\/local\/main\.ts$/.test(line) && !/\bsh -c\b/.test(line) }
  })
  const below = (pid: number): ReadonlyArray<Process> =>
    all.filter(({ ppid }) => ppid === pid).flatMap((child) => [child, ...below(child.pid)])
  return below(ancestor)
}
