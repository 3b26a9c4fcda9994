import { type ChildProcessByStdio, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Readable } from "node:stream"
import { fileURLToPath } from "node:url"
import * as Effect from "effect/Effect"
import { startFlags } from "../../../bench/local/startFlags.ts"
import { eventually } from "./eventually.ts"

export const root = fileURLToPath(new URL("../../..", import.meta.url))

export const temporaryDirectory = Effect.acquireRelease(
  Effect.promise(() => mkdtemp(join(tmpdir(), "concierge-e2e-"))),
  (path) => Effect.promise(() => rm(path, { recursive: true, force: true })),
)

export interface Running {
  readonly pid: number | undefined
  /** All that it has printed. */
  readonly stdout: () => string
  readonly stderr: () => string
  /** Its exit code; undefined when a signal ended it. */
  readonly ended: Effect.Effect<number | undefined>
  readonly kill: (signal: NodeJS.Signals) => Effect.Effect<void>
}

/** What Node compiles is kept between the hosts of a run, which halves the time they take to start. */
const compiled = join(root, "node_modules", ".cache", "node")

type Settings = Readonly<Record<string, string>>

/** What `npm start` runs, with these settings and no others of ours; gone with the scope. */
export const run = (settings: Settings, ...args: ReadonlyArray<string>) => runIn(root, settings, ...args)

/** The same in another copy of the repository. */
export const runIn = (cwd: string, settings: Settings, ...args: ReadonlyArray<string>) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.sync(() =>
        running(
          spawn(process.execPath, [...startFlags, "packages/local/main.ts", ...args], {
            cwd,
            env: {
              PATH: process.env.PATH ?? "",
              HOME: process.env.HOME ?? "",
              NODE_COMPILE_CACHE: compiled,
              ...settings,
            },
            stdio: ["ignore", "pipe", "pipe"],
          }),
        ),
      ),
      ({ kill }) => kill("SIGKILL"),
    ),
    (running) => running,
  )

const running = (child: ChildProcessByStdio<null, Readable, Readable>): Running => {
  const [out, err] = [collected(child.stdout), collected(child.stderr)]
  const closed = once(child, "close")
  const isOver = () => child.exitCode !== null || child.signalCode !== null
  return {
    pid: child.pid,
    stdout: out,
    stderr: err,
    ended: Effect.promise(async () => {
      await closed
      return child.exitCode ?? undefined
    }),
    kill: (signal) =>
      Effect.promise(async () => {
        if (!isOver()) child.kill(signal)
        await closed
      }),
  }
}

const collected = (stream: Readable): (() => string) => {
  let text = ""
  stream.setEncoding("utf8").on("data", (part: string) => {
    text += part
  })
  return () => text
}

/** What the banner says, once it is printed: from then on requests are answered. */
export const announced = Effect.fnUntraced(function* (host: Running) {
  const banner = yield* eventually(
    "the host's banner",
    Effect.sync(() => /(http:\/\/127\.0\.0\.1:\d+)[\s\S]*Webhook secret +(\S.*)\n/.exec(host.stdout()) ?? undefined),
    // AWS on this machine builds the functions first.
    60,
  )
  return { url: banner[1] ?? "", secretPath: banner[2] ?? "" }
})
