import type { IncomingMessage, ServerResponse } from "node:http"
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import { connected } from "../eventLoop.ts"

// Imported, it would load its WebSocket as well: 14 MB.
const { createServer } = process.getBuiltinModule("node:http")

/** On 127.0.0.1 only. */
export const serverLayer = (port: number) => NodeHttpServer.layer(keeping, { port, host: "127.0.0.1" })

/** Between its first listening and its first listener a server of Node's drops what is asked of it: this one keeps it. */
const keeping = () => {
  const server = createServer()
  server.on("connection", connected)
  const early: Array<[IncomingMessage, ServerResponse]> = []
  const keep = (request: IncomingMessage, response: ServerResponse) => void early.push([request, response])
  server.on("request", keep)
  server.on("newListener", (event) => {
    if (event !== "request" || !server.listeners("request").includes(keep)) return
    server.off("request", keep)
    // The new one is there once this has returned.
    queueMicrotask(() => {
      for (const [request, response] of early.splice(0)) server.emit("request", request, response)
    })
  })
  return server
}
