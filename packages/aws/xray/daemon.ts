import type { Socket } from "node:dgram"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"

/** Takes documents for X-Ray, and loses them rather than to fail or to hold up anything. */
export interface Daemon {
  readonly send: (document: string) => void
  /** Waits until what was sent has left. */
  readonly flush: Effect.Effect<void>
}

/** Before each document (docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html). */
const header = '{"format":"json","version":1}\n'

/** An update waits no longer than this. A datagram to the same machine takes less than one millisecond. */
const patience = Duration.millis(300)

/** The daemon that Lambda runs beside a function, by its address (`169.254.100.1:2000`); none where that is malformed. */
export const daemonAt = (address: string): Daemon | undefined => {
  const [, host, digits] = /^(\d{1,3}(?:\.\d{1,3}){3}):(\d{1,5})$/.exec(address) ?? []
  const port = Number(digits)
  if (host === undefined || port < 1 || port > 65_535) return undefined
  const underWay = new Set<Promise<void>>()
  let socket: Socket | undefined
  return {
    send: (document) => {
      // Loaded by the first trace that is kept.
      socket ??= open()
      const sent = new Promise<void>((resolve) => socket?.send(header + document, port, host, () => resolve()))
      underWay.add(sent)
      sent.then(() => underWay.delete(sent))
    },
    flush: Effect.suspend(() =>
      underWay.size === 0
        ? Effect.void
        : Effect.asVoid(
            Effect.timeoutOption(
              Effect.promise(() => Promise.all(underWay)),
              patience,
            ),
          ),
    ),
  }
}

const open = (): Socket => {
  const socket = process.getBuiltinModule("node:dgram").createSocket("udp4").unref()
  // Without a listener an error would end the process; the next document tries again.
  return socket.on("error", () => {})
}
