import { createServer } from "node:net"
import * as Effect from "effect/Effect"

/** Any that nobody listens on just now; what needs the port of a server before it runs cannot let it choose. */
export const freePort = Effect.callback<number>((resume) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const address = server.address()
    server.close(() => resume(Effect.succeed(typeof address === "object" && address !== null ? address.port : 0)))
  })
})
