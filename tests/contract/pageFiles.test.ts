import { createServer } from "node:http"
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServer from "effect/http/HttpServer"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import { type SystemErrorTag, systemError } from "effect/PlatformError"
import { front } from "../../packages/local/host/front.ts"
import { page } from "../../packages/local/host/page.ts"
import { open } from "./fixtures/http.ts"

/** The page on a disk that answers every question after a file with an error, and what is logged meanwhile. */
const onDisk = (_tag: SystemErrorTag, code: string) => {
  const logged: Array<string> = []
  const error = systemError({
    _tag,
    module: "FileSystem",
    method: "stat",
    cause: Object.assign(new Error(code), { code }),
  })
  const server = Layer.unwrap(
    Effect.map(HttpServer.HttpServer, ({ address }) =>
      HttpRouter.serve(page.pipe(Layer.provide(FileSystem.layerNoop({ stat: () => Effect.fail(error) }))), {
        disableListenLog: true,
        disableLogger: true,
        middleware: front(address._tag === "InetAddressV4" ? address.port : 0),
      }),
    ),
  ).pipe(
    Layer.provideMerge(NodeHttpServer.layer(() => createServer(), { port: 0, host: "127.0.0.1" })),
    Layer.provideMerge(Logger.layer([Logger.map(Logger.formatSimple, (line) => void logged.push(line))])),
  )
  return { logged, server }
}

const ask = Effect.fnUntraced(function* (headers: Record<string, string> = {}) {
  const { address } = yield* HttpServer.HttpServer
  return yield* open(`${HttpServer.formatAddress(address)}/main.js`, { headers })
})

describe("the files of the page", () => {
  it.effect.each([
    ["NotFound", "ENOENT"],
    ["BadResource", "ENOTDIR"],
    ["BadResource", "ELOOP"],
    ["Unknown", "ENAMETOOLONG"],
  ] as const)("%s (%s) is a file that is not there", ([tag, code]) => {
    const { logged, server } = onDisk(tag, code)
    return Effect.gen(function* () {
      const { bytes, status } = yield* ask()
      assert.deepStrictEqual([status, new TextDecoder().decode(bytes)], [404, "There is nothing at this address.\n"])
      assert.deepStrictEqual(logged, [])
    }).pipe(Effect.provide(server))
  })

  it.effect.each([
    ["Unknown", "EIO"],
    ["PermissionDenied", "EACCES"],
    ["Unknown", "EMFILE"],
  ] as const)("%s (%s) is a failure that is logged, without the request", ([tag, code]) => {
    const { logged, server } = onDisk(tag, code)
    return Effect.gen(function* () {
      const { headers, status } = yield* ask({ "x-telegram-bot-api-secret-token": "s3cret" })
      assert.strictEqual(status, 500)
      assert.strictEqual(headers.get("x-content-type-options"), "nosniff")
      assert.strictEqual(logged.length, 1)
      assert.match(logged[0] ?? "", /a request failed/)
      assert.include(logged[0], code)
      assert.notInclude(logged[0], "s3cret")
    }).pipe(Effect.provide(server))
  })
})
