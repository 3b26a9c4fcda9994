import { once } from "node:events"
import type { IncomingMessage, ServerResponse } from "node:http"
import { createServer } from "node:https"
import { standIn } from "@concierge/functions/build/standIn.ts"
import type { Tls } from "./tls.ts"

export type StandIn = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** AWS and Telegram over TLS, answering at once and always well: what is timed is the handler. */
export const startStub = async (tls: Tls, answer: StandIn = standIn) => {
  const server = createServer(tls, (request, response) => {
    // A collector of OpenTelemetry's, which takes everything.
    if (request.url?.startsWith("/v1/")) request.resume().once("end", () => response.writeHead(200).end())
    else void answer(request, response)
  })
  server.keepAliveTimeout = 60_000
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("the stub has no port")
  return { origin: `https://localhost:${address.port}`, close: () => server.close() }
}
