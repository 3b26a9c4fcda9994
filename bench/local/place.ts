import { rmSync } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { killAll } from "./child.ts"

/** A fresh data directory and a free port, for one process. */
export interface Place {
  readonly data: string
  readonly port: number
}

export const inPlace = async <A>(use: (place: Place) => Promise<A>): Promise<A> => {
  const data = await mkdtemp(join(tmpdir(), "concierge-bench-"))
  const leave = breakOff(data)
  for (const signal of signals) process.once(signal, leave)
  try {
    return await use({ data, port: await freePort() })
  } finally {
    for (const signal of signals) process.off(signal, leave)
    await rm(data, { recursive: true })
  }
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const

/** The children first: they write to what is removed then. The signal's own end comes last, since nobody else takes it. */
const breakOff = (data: string) => (signal: NodeJS.Signals) => {
  killAll()
  rmSync(data, { recursive: true, force: true, maxRetries: 10 })
  process.kill(process.pid, signal)
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once("error", reject)
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0))
    })
  })
