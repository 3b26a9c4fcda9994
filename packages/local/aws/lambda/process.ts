import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"

export interface ProcessOptions {
  readonly name: string
  /** Path of the bundle. */
  readonly bundle: string
  /** The whole environment: nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>
  /** Takes each line that the function writes. */
  readonly log: (line: string) => void
}

const script = fileURLToPath(new URL("./child.ts", import.meta.url))

export const spawn = ({ bundle, environment, log, name }: ProcessOptions): ChildProcess => {
  const child = fork(script, [bundle, name], {
    env: { ...environment },
    execArgv: [],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  })
  for (const output of [child.stdout, child.stderr]) {
    if (output !== null) createInterface(output).on("line", log)
  }
  return child
}

export const isAlive = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null

/** Lambda gives a function two seconds to end by itself. */
const grace = 2_000

/** Asks it to end, and makes it when it does not within the grace. */
export const stop = async (child: ChildProcess, first: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> => {
  if (!isAlive(child)) return
  // Closed, and not only gone: what it wrote last has then been read.
  const ended = once(child, "close")
  child.kill(first)
  const killer = setTimeout(() => child.kill("SIGKILL"), grace)
  await ended
  clearTimeout(killer)
}
