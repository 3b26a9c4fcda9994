import { once } from "node:events"
import { Agent, type AgentOptions } from "node:https"
import type { Duplex } from "node:stream"
import { createSecureContext, type SecureContext } from "node:tls"

interface Place {
  readonly host: string
  readonly port: number
}

/** Milliseconds: a container may be frozen for minutes, and what was open is then dead without anybody's knowing. */
const freshFor = 10_000

/** One for all connections of a container: Node makes each its own, a third of what a connection after the first costs. */
let common: SecureContext | undefined
const commonContext = (): SecureContext => {
  common ??= createSecureContext()
  return common
}

/** An agent that has connections open before the first request asks for one. */
export class EarlyAgent extends Agent {
  #early: Array<{ readonly key: string; readonly socket: Duplex; readonly openedAt: number }> = []
  readonly #freeSince = new WeakMap<Duplex, number>()

  constructor({ secureContext = commonContext() }: Pick<AgentOptions, "secureContext"> = {}) {
    super({ keepAlive: true, maxSockets: 50, secureContext })
  }

  /** Resolves when the connections are there; rejects with what stood against it. */
  async open(place: Place, connections: number): Promise<void> {
    await Promise.all(Array.from({ length: connections }, () => this.#connect(place)))
  }

  /** Before a request that must not be sent over a dead connection: closes what was not used for long. */
  closeStale(): void {
    const bound = Date.now() - freshFor
    for (const socket of Object.values(this.freeSockets).flatMap((sockets) => sockets ?? [])) {
      if ((this.#freeSince.get(socket) ?? Number.NEGATIVE_INFINITY) <= bound) socket.destroy()
    }
  }

  override keepSocketAlive(socket: Duplex): ReturnType<Agent["keepSocketAlive"]> {
    this.#freeSince.set(socket, Date.now())
    // Node's is told to keep it by what this returns, which its types do not say.
    return super.keepSocketAlive(socket)
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
