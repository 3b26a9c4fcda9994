import { Agent, request } from "node:http"

/** A call that Telegram was asked for. */
export interface Judged {
  readonly at: number
  readonly chatId: number
  readonly method: string
  readonly taken: boolean
}

export interface Client {
  readonly act: (act: object) => Promise<void>
  readonly limit: (limits: object) => Promise<void>
  readonly calls: () => Promise<ReadonlyArray<Judged>>
  readonly close: () => void
}

/** The people's side of the stand-in Telegram, over connections that are kept. */
export const clientOf = (port: number): Client => {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  /** A kept connection may be closed by the server just as it is used; then nothing was asked. */
  const ask = async (method: string, path: string, body?: object): Promise<string> => {
    try {
      return await once(method, path, body)
    } catch (error) {
      if (!(error instanceof Error) || !/ECONNRESET/.test(error.message)) throw error
      return await once(method, path, body)
    }
  }
  const once = (method: string, path: string, body?: object): Promise<string> =>
    new Promise((resolve, reject) => {
      const headers = { "content-type": "application/json" }
      const asked = request(
        { agent, host: "127.0.0.1", port, path: `/sandbox/${path}`, method, headers },
        (response) => {
          const chunks: Array<Buffer> = []
          response.on("data", (chunk: Buffer) => chunks.push(chunk))
          response.on("error", reject)
          response.on("end", () => {
            const text = Buffer.concat(chunks).toString()
            if (response.statusCode === 200) resolve(text)
            else reject(new Error(`${path} was answered ${response.statusCode}: ${text.slice(0, 200)}`))
          })
        },
      )
      asked.on("error", reject)
      asked.end(body === undefined ? undefined : JSON.stringify(body))
    })
  return {
    act: async (act) => void (await ask("POST", "send", act)),
    limit: async (limits) => void (await ask("POST", "limits", limits)),
    calls: async () => JSON.parse(await ask("GET", "limits/calls")),
    close: () => agent.destroy(),
  }
}
