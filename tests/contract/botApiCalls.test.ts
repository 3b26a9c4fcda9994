import { createServer, type ServerResponse } from "node:http"
import { WorkerConfig } from "@concierge/core/config.ts"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import { assert, describe, it } from "@effect/vitest"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as BotApi from "../../packages/local/bot/BotApi.ts"
import { listen } from "../layers/listen.ts"

const token = "4242:plum-and-quince"

const apiAt = (telegramApi: string) =>
  BotApi.layer.pipe(
    Layer.provide(
      Layer.succeed(WorkerConfig, { botToken: Redacted.make(token), telegramApi, retention: Duration.days(90) }),
    ),
    Layer.provide(NodeHttpClient.layerNodeHttpOptions({ keepAlive: true })),
  )

/** How a call goes that is answered so. */
const called = Effect.fnUntraced(function* (answer: (response: ServerResponse) => void) {
  const url = yield* listen(createServer((_request, response) => answer(response)))
  return yield* BotApi.BotApi.use((api) =>
    Effect.all([Effect.result(api.call("getMe", {}, "500 millis")), api.ahead]),
  ).pipe(Effect.provide(apiAt(url)))
})

const json =
  (status: number, body: object, headers: object = {}) =>
  (response: ServerResponse) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body))

const html = (response: ServerResponse) => response.writeHead(502).end("<html><h1>502 Bad Gateway</h1></html>")

const refusal = (status: number, description: string, more: object = {}) =>
  json(status, { ok: false, error_code: status, description, ...more })

describe("calls of the Bot API", () => {
  it.live("give the result, and by how much Telegram's clock differs", () =>
    Effect.gen(function* () {
      const date = new Date(Date.now() + 3_600_000).toUTCString()
      const [result, ahead] = yield* called(json(200, { ok: true, result: { id: 1 } }, { date }))
      assert.deepInclude(result, { _tag: "Success", success: { id: 1 } })
      assert.approximately(ahead, 3_600_000, 5_000)
    }),
  )

  it.live.each<readonly [string, (response: ServerResponse) => void, object]>([
    ["a wrong token", refusal(401, "Unauthorized"), { _tag: "Refused", status: 401 }],
    [
      "too many",
      refusal(429, "Too Many Requests: retry after 7", { parameters: { retry_after: 7 } }),
      { _tag: "Refused", retryAfter: 7 },
    ],
    ["an outage", refusal(500, "Internal Server Error"), { _tag: "Unreachable", why: "Internal Server Error" }],
    ["HTML", html, { _tag: "Unreachable", why: "status 502 with a body that is no answer" }],
    ["a cut", (response) => response.destroy(), { _tag: "Unreachable", why: "ECONNRESET" }],
    ["no answer", () => undefined, { _tag: "Unreachable", why: "no answer in time" }],
  ])("fail by %s, which the error says, and nothing secret", ([, answer, reason]) =>
    Effect.gen(function* () {
      const [result] = yield* called(answer)
      assert.strictEqual(result._tag, "Failure")
      if (result._tag === "Failure") assert.deepInclude(result.failure.reason, reason)
      assert.notInclude(JSON.stringify(result), "plum-and-quince")
    }),
  )

  it.live("fail where nobody listens", () =>
    Effect.gen(function* () {
      const error = yield* BotApi.BotApi.use((api) => Effect.flip(api.call("getMe", {}, "5 seconds"))).pipe(
        Effect.provide(apiAt("http://127.0.0.1:1")),
      )
      assert.deepInclude(error.reason, { _tag: "Unreachable", why: "ECONNREFUSED" })
    }),
  )
})
