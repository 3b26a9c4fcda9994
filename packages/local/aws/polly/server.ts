import { createServer, type Http2Session, type ServerHttp2Stream } from "node:http2"
import { text } from "node:stream/consumers"
import * as Effect from "effect/Effect"
import * as FiberSet from "effect/FiberSet"
import type * as Scope from "effect/Scope"

export interface PollyRequest {
  readonly path: string
  readonly body: string
}

export interface PollyResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** HTTP/2 without TLS, as Polly's client speaks it to an `http://` endpoint. Gives the endpoint. */
export const serve = <R>(
  respond: (request: PollyRequest) => Effect.Effect<PollyResponse, never, R>,
): Effect.Effect<string, never, R | Scope.Scope> =>
  Effect.gen(function* () {
    const run = yield* FiberSet.makeRuntime<R>()
    const sessions = new Set<Http2Session>()
    const server = createServer()
    server.on("session", (session) => {
      sessions.add(session)
      session.once("close", () => sessions.delete(session))
    })
    server.on("stream", async (stream, headers) => {
      // A client that gave up resets its stream.
      stream.on("error", () => {})
      const body = await text(stream)
      run(Effect.map(respond({ path: headers[":path"] ?? "", body }), (response) => write(stream, response)))
    })
    const close = () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        for (const session of sessions) session.destroy()
      })
    yield* Effect.acquireRelease(
      Effect.promise(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))),
      () => Effect.promise(close),
    )
    const address = server.address()
    const port = typeof address === "object" && address !== null ? address.port : 0
    return `http://127.0.0.1:${port}`
  })

const write = (stream: ServerHttp2Stream, { body, headers, status }: PollyResponse): void => {
  if (stream.destroyed) return
  stream.respond({ ":status": status, ...headers })
  stream.end(body)
}
