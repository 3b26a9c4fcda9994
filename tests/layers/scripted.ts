import { createServer, type IncomingHttpHeaders } from "node:http"
import { text } from "node:stream/consumers"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { listen } from "./listen.ts"

export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** What the server does with a request: answers, stays silent, or cuts the connection. */
export type Step = Answer | "hang" | "cut"

export interface Scripted {
  readonly url: string
  /** One for each request to come; without one it is silent. */
  readonly steps: Array<Step>
  readonly requests: Array<{ readonly headers: IncomingHttpHeaders; readonly body: string }>
}

/** A service that does what the test says, over real HTTP. */
export const scripted: Effect.Effect<Scripted, never, Scope.Scope> = Effect.gen(function* () {
  const steps: Scripted["steps"] = []
  const requests: Scripted["requests"] = []
  const server = createServer(async (request, response) => {
    requests.push({ headers: request.headers, body: await text(request) })
    const step = steps.shift() ?? "hang"
    if (step === "cut") request.socket.destroy()
    else if (step !== "hang") response.writeHead(step.status, step.headers).end(step.body)
  })
  return { url: yield* listen(server), steps, requests }
})
