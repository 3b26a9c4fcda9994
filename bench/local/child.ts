import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import { tuned } from "../../packages/local/malloc.js"
import { startFlags } from "./startFlags.ts"

export interface Child {
  readonly pid: number
  /** The next thing it says. */
  readonly next: () => Promise<unknown>
  /** What it answers when asked: for the host, its `Usage`. */
  readonly ask: () => Promise<unknown>
  readonly stop: () => Promise<void>
}

const running = new Set<ChildProcess>()

/** At once, whatever they are doing. */
export const killAll = (): void => {
  for (const child of running) child.kill("SIGKILL")
}

/** Runs a module, named as seen from this directory, in a fresh process, with the flags of `npm start`. */
export const start = (module: string, argument: unknown): Child => {
  const child = fork(new URL(module, import.meta.url), [JSON.stringify(argument)], {
    execArgv: [...startFlags, ...flags()],
    // As `npm start` has it after it has started itself anew, which would lose the channel to this process.
    env: tuned(process.env),
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  })
  running.add(child)
  child.once("exit", () => running.delete(child))
  const { pid } = child
  if (pid === undefined) throw new Error(`${module} could not be started`)
  const next = () => heard(module, child)
  const ask = () => {
    child.send("?")
    return next()
  }
  return { pid, next, ask, stop: () => stop(child) }
}

/** So many people known to the stand-in Telegram of that data directory, the first of them with their /start queued. */
export const seeded = async ({ data }: { readonly data: string }, people: number, queued: number): Promise<void> => {
  const seed = start("seed.ts", { data, people, queued })
  await seed.next()
  await seed.stop()
}

/** For a look inside: `CONCIERGE_BENCH_FLAGS="--cpu-prof --cpu-prof-dir=profiles" npm run bench:local`. */
const flags = (): ReadonlyArray<string> => process.env.CONCIERGE_BENCH_FLAGS?.split(" ") ?? []

const heard = async (module: string, child: ChildProcess): Promise<unknown> => {
  const ended = new AbortController()
  try {
    return await Promise.race([
      once(child, "message", { signal: ended.signal }).then(([message]) => message),
      once(child, "exit", { signal: ended.signal }).then(([code]) => {
        throw new Error(`${module} ended with ${code} before it had said what it was asked`)
      }),
    ])
  } finally {
    ended.abort()
  }
}

const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, "exit")
  child.kill("SIGTERM")
  await exit
}
