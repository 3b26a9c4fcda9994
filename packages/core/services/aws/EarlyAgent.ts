import { once } from "node:events"
import { Agent, type AgentOptions } from "node:https"
import type { Duplex } from "node:stream"

interface Place {
  readonly host: string
  readonly port: number
}

/** Milliseconds: Lambda may start a container minutes before its first invocation, and what was open is then dead. */
const freshFor = 10_000

/** An agent that has connections open before the first request asks for one. */
export class EarlyAgent extends Agent {
  #early: Array<{ readonly key: string; readonly socket: Duplex; readonly openedAt: number }> = []

  constructor(options: AgentOptions = {}) {
    super({ keepAlive: true, maxSockets: 50, ...options })
  }

  /** Resolves when the connections are there; rejects with what stood against it. */
  async open(place: Place, connections: number): Promise<void> {
    await Promise.all(Array.from({ length: connections }, () => this.#connect(place)))
  }

  override createConnection(...args: Parameters<Agent["createConnection"]>): ReturnType<Agent["createConnection"]> {
    const key = `${args[0].host}:${args[0].port}`
    const now = Date.now()
    const found = this.#early.find((one) => one.key === key && !one.socket.destroyed && now - one.openedAt < freshFor)
    if (found === undefined) return super.createConnection(...args)
    this.#early = this.#early.filter((one) => one !== found)
    return found.socket
  }

  override destroy(): void {
    for (const { socket } of this.#early.splice(0)) socket.destroy()
    super.destroy()
  }

  async #connect({ host, port }: Place): Promise<void> {
    const socket = super.createConnection({ ...this.options, host, port, servername: host })
    if (!socket) throw new Error(`no connection to ${host}`)
    // Whoever is given it listens for itself; until then it may be gone without any harm.
    socket.on("error", () => {})
    await once(socket, "secureConnect")
    this.#early.push({ key: `${host}:${port}`, socket, openedAt: Date.now() })
  }
}
