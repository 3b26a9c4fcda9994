import { createServer, request as forward, type IncomingMessage, type ServerResponse } from "node:http"
import { buffer } from "node:stream/consumers"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { type Fault, pass } from "./faults.ts"
import { listen } from "./listen.ts"

export interface Seen {
  /** By the clock given last, in milliseconds. */
  readonly at: number
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage["headers"]
  readonly body: Buffer
}

/** A request that the proxy sits on: for good, or until its answer is due. */
export interface Held {
  readonly until: number
  readonly release: () => void
}

export interface Proxy {
  readonly url: string
  /** For the requests to come, one each; after them all pass. */
  readonly faults: Array<Fault>
  readonly requests: Array<Seen>
  readonly held: Set<Held>
  /** What time it is for `at` and `Slow`; a test gives its own clock. */
  now: () => number
}

/** Stands between an SDK and a server that speaks HTTP/1.1, and makes trouble. */
export const proxy = (target: string): Effect.Effect<Proxy, never, Scope.Scope> =>
  Effect.gen(function* () {
    const state: Omit<Proxy, "url"> = { faults: [], requests: [], held: new Set(), now: Date.now }
    const server = createServer(async (request, response) => {
      const { headers, method = "GET", url: path = "/" } = request
      const body = await buffer(request)
      state.requests.push({ at: state.now(), method, path, headers, body })
      await suffer(state, state.faults.shift() ?? pass, response, () => answerOf(target, request, body))
    })
    return Object.assign(state, { url: yield* listen(server) })
  })

interface Answer {
  readonly status: number
  readonly headers: IncomingMessage["headers"]
  readonly body: Buffer
}

const suffer = async (
  state: Omit<Proxy, "url">,
  fault: Fault,
  response: ServerResponse,
  ask: () => Promise<Answer>,
): Promise<void> => {
  switch (fault._tag) {
    case "Answer": {
      const headers = { "content-type": fault.contentType, "content-length": Buffer.byteLength(fault.body) }
      response.writeHead(fault.status, headers).end(fault.body)
      return
    }
    case "Hang":
      return hold(state, response, Number.POSITIVE_INFINITY)
    case "Cut":
      response.destroy()
      return
    case "Lost":
      await ask()
      response.destroy()
      return
  }
  const { body, headers, status } = await ask()
  if (fault._tag === "Slow") await hold(state, response, state.now() + fault.millis)
  if (response.destroyed) return
  response.writeHead(status, headers)
  if (fault._tag !== "Torn") response.end(body)
  else response.write(body.subarray(0, body.length / 2), () => response.destroy())
}

/** Ends when it is released, or when the client has hung up. */
const hold = (state: Omit<Proxy, "url">, response: ServerResponse, until: number): Promise<void> =>
  new Promise((resolve) => {
    const release = (): void => {
      state.held.delete(held)
      resolve()
    }
    const held: Held = { until, release }
    state.held.add(held)
    response.once("close", release)
  })

const answerOf = (target: string, { headers, method, url = "/" }: IncomingMessage, body: Buffer): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const options = { method, headers, agent: false }
    const asked = forward(new URL(url, target), options, (answer) => {
      const { headers, statusCode: status = 502 } = answer
      buffer(answer).then((body) => resolve({ status, headers, body }), reject)
    })
    asked.once("error", reject).end(body)
  })
