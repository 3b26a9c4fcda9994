import { mkdtemp, rm } from "node:fs/promises"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** A fresh data directory and a free port, for one process. */
export interface Place {
  readonly data: string
  readonly port: number
}

export const inPlace = async <A>(use: (place: Place) => Promise<A>): Promise<A> => {
  const data = await mkdtemp(join(tmpdir(), "concierge-bench-"))
  try {
    return await use({ data, port: await freePort() })
  } finally {
    await rm(data, { recursive: true })
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once("error", reject)
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0))
    })
  })
