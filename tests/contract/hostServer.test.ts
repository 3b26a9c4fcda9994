import { once } from "node:events"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as HttpServer from "effect/http/HttpServer"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import { serverLayer } from "../../packages/local/host/server.ts"

describe("the host's server", () => {
  it.live("keeps what is asked of it before it has routes, and answers it", () =>
    Effect.gen(function* () {
      const server = yield* HttpServer.HttpServer
      const url = HttpServer.formatAddress(server.address)
      const early = [1, 2, 3].map((id) => fetch(`${url}/${id}`))
      // They have arrived once a later connection was made.
      yield* Effect.promise(async () => {
        const { connect } = await import("node:net")
        const socket = connect(Number(new URL(url).port), "127.0.0.1")
        await once(socket, "connect")
        socket.destroy()
      })
      yield* Effect.sleep("20 millis")
      yield* server.serve(Effect.succeed(HttpServerResponse.text("here")))
      const late = fetch(url)
      const answers = yield* Effect.promise(() => Promise.all([...early, late]))
      assert.deepStrictEqual(
        answers.map(({ status }) => status),
        [200, 200, 200, 200],
      )
      assert.strictEqual(yield* Effect.promise(async () => await answers[0]?.text()), "here")
    }).pipe(Effect.provide(serverLayer(0))),
  )
})
