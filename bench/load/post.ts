import { Agent, request } from "node:http"

export interface Target {
  readonly port: number
  readonly secret: string
}

/** As many as Telegram opens unless told otherwise (`max_connections`). A request that waits for one grows late. */
const connections = 40

/** Milliseconds without a byte after which a request counts as not answered. */
const patience = 10_000

/** Posts to the webhook over connections that are kept. The answer is its status, or what went wrong. */
export const poster = ({ port, secret }: Target) => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const headers = { "content-type": "application/json", "x-telegram-bot-api-secret-token": secret }
  const path = "/telegram/webhook"
  const post = (body: string): Promise<string> =>
    new Promise((resolve) => {
      const failed = (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message)
      const options = { agent, host: "127.0.0.1", port, path, method: "POST", headers, timeout: patience }
      const sent = request(options, (response) => {
        response.on("error", failed)
        response.on("end", () => resolve(String(response.statusCode)))
        response.resume()
      })
      sent.on("error", failed)
      sent.on("timeout", () => sent.destroy(new Error("time-out")))
      sent.end(body)
    })
  return { post, close: () => agent.destroy() }
}
