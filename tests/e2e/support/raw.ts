import { request } from "node:http"
import { connect } from "node:net"
import * as Effect from "effect/Effect"

interface Raw {
  readonly body?: string
  /** Several values: the header comes as often. */
  readonly headers: Readonly<Record<string, string | Array<string>>>
  readonly method?: string
}

/** A request with headers that `fetch` would not let through, such as `Host`. */
export const requestWith = (url: string, { body, headers, method = "GET" }: Raw) =>
  Effect.promise(
    () =>
      new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
        const sent = request(url, { method, headers }, (response) => {
          let text = ""
          response.setEncoding("utf8").on("data", (part: string) => {
            text += part
          })
          response.on("end", () => resolve({ status: response.statusCode, text }))
          response.on("error", reject)
        })
        sent.on("error", reject)
        sent.end(body)
      }),
  )

/** Sends bytes as they are; the status line of the answer. */
export const statusLineOf = (port: number, bytes: string) =>
  Effect.promise(
    () =>
      new Promise<string>((resolve, reject) => {
        const socket = connect(port, "127.0.0.1", () => socket.write(bytes))
        socket.on("error", reject)
        socket.once("data", (data) => {
          resolve(data.toString("latin1").split("\r\n", 1)[0] ?? "")
          socket.destroy()
        })
      }),
  )

/** Whether anybody takes a connection there. */
export const isOpen = (host: string, port: number) =>
  Effect.promise(
    () =>
      new Promise<boolean>((resolve) => {
        const socket = connect({ host, port, timeout: 2_000 })
        const end = (isOpen: boolean) => {
          socket.destroy()
          resolve(isOpen)
        }
        socket.once("connect", () => end(true))
        socket.once("error", () => end(false))
        socket.once("timeout", () => end(false))
      }),
  )
