import { createServer } from "node:http"
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServer from "effect/http/HttpServer"
import * as Layer from "effect/Layer"
import { healthRoute } from "../../packages/local/host/health.ts"
import { Tables } from "../../packages/local/store/Tables.ts"
import { open } from "./fixtures/http.ts"

/** What a host says of itself that keeps so many bytes of its disk free. */
const health = Effect.fnUntraced(function* (reserve: number) {
  const fs = yield* FileSystem.FileSystem
  const path = `${yield* fs.makeTempDirectoryScoped({ prefix: "concierge-health-" })}/concierge.sqlite`
  const server = HttpRouter.serve(healthRoute, { disableListenLog: true, disableLogger: true }).pipe(
    Layer.provide(Tables.layer(path, reserve)),
    Layer.provideMerge(NodeHttpServer.layer(() => createServer(), { port: 0, host: "127.0.0.1" })),
  )
  return yield* Effect.gen(function* () {
    const { address } = yield* HttpServer.HttpServer
    const { bytes, status } = yield* open(`${HttpServer.formatAddress(address)}/healthz`)
    return { status, body: JSON.parse(new TextDecoder().decode(bytes)) }
  }).pipe(Effect.provide(server))
})

describe("GET /healthz", () => {
  it.effect("is 503 when the disk is nearly full, and says so", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* health(0), { status: 200, body: { ok: true } })
      const full = { status: 503, body: { ok: false, error: "The disk is nearly full." } }
      assert.deepStrictEqual(yield* health(Number.MAX_SAFE_INTEGER), full)
    }).pipe(Effect.provide(NodeFileSystem.layer)),
  )
})
