import { createServer } from "node:http"
import { WebhookConfig } from "@concierge/core/config.ts"
import * as NoMetrics from "@concierge/core/layers/NoMetrics.ts"
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServer from "effect/http/HttpServer"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as References from "effect/References"
import { healthRoute } from "../../packages/local/host/health.ts"
import { webhookRoute } from "../../packages/local/host/webhook.ts"
import * as SqliteQueue from "../../packages/local/queue/LocalQueue.ts"
import * as Tables from "../../packages/local/store/Tables.ts"
import { open } from "./fixtures/http.ts"

const secret = "of-the-webhook"

/** The doors of a host that keeps so many bytes of its disk free. */
const hostLayer = (path: string, reserve: number) =>
  HttpRouter.serve(Layer.merge(healthRoute, webhookRoute), { disableListenLog: true, disableLogger: true }).pipe(
    Layer.provide(Layer.succeed(WebhookConfig, { secret: Redacted.make(secret), originSecret: undefined })),
    Layer.provide(NoMetrics.layer),
    Layer.provide(SqliteQueue.layer),
    Layer.provideMerge(Tables.layer(path, reserve)),
    Layer.provideMerge(NodeHttpServer.layer(() => createServer(), { port: 0, host: "127.0.0.1" })),
  )

const ask = Effect.fnUntraced(function* (path: string, init?: RequestInit) {
  const { address } = yield* HttpServer.HttpServer
  const { bytes, headers, status } = yield* open(`${HttpServer.formatAddress(address)}${path}`, init)
  return { status, retryAfter: headers.get("retry-after"), body: JSON.parse(new TextDecoder().decode(bytes)) }
})

const health = Effect.map(ask("/healthz"), ({ body, status }) => ({ status, body }))

/** As Telegram would post it. */
const post = (update_id: number, text = "hello") =>
  ask("/telegram/webhook", {
    method: "POST",
    headers: { "content-type": "application/json", "x-telegram-bot-api-secret-token": secret },
    body: JSON.stringify({
      update_id,
      message: { message_id: 1, date: 1_770_000_000, chat: { id: 7, type: "private" }, text },
    }),
  })

/** Of what the host has taken: how much is queued, and how much it believes to have. */
const taken = Tables.Tables.use(({ sqlite }) =>
  Effect.sync(() => {
    const idsIn = (table: string) =>
      sqlite
        .prepare(`SELECT updateId FROM ${table} ORDER BY updateId`)
        .all()
        .map((row) => row.updateId)
    return [idsIn("queue"), idsIn("accepted")]
  }),
)

const refused = { status: 503, retryAfter: "5", body: { error: "The queue did not take the update" } }

const inDirectory = <A, E, R>(test: (path: string) => Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    return yield* test(`${yield* fs.makeTempDirectoryScoped({ prefix: "concierge-disk-" })}/concierge.sqlite`)
  }).pipe(
    Effect.scoped,
    Effect.provide(NodeFileSystem.layer),
    Effect.provideService(References.MinimumLogLevel, "None"),
  )

describe("a host whose disk is full", () => {
  it.live("nearly: takes no update and says so, and takes the same one when there is space again", () =>
    inDirectory((path) =>
      Effect.gen(function* () {
        yield* Effect.gen(function* () {
          assert.deepStrictEqual(yield* post(1), refused)
          assert.deepStrictEqual(yield* health, {
            status: 503,
            body: { ok: false, error: "The disk is nearly full." },
          })
          assert.deepStrictEqual(yield* taken, [[], []])
        }).pipe(Effect.provide(hostLayer(path, Number.MAX_SAFE_INTEGER)))
        yield* Effect.gen(function* () {
          assert.strictEqual((yield* post(1)).status, 200)
          assert.deepStrictEqual(yield* health, { status: 200, body: { ok: true } })
          assert.deepStrictEqual(yield* taken, [[1], [1]])
        }).pipe(Effect.provide(hostLayer(path, 0)))
      }),
    ),
  )

  it.live("to the last page: nothing is half written, and what was refused is taken when there is space again", () =>
    inDirectory((path) =>
      Effect.gen(function* () {
        const { sqlite } = yield* Tables.Tables
        const limit = (pages: number) => sqlite.exec(`PRAGMA max_page_count = ${pages}`)
        assert.strictEqual((yield* post(1)).status, 200)
        limit(Number(sqlite.prepare("PRAGMA page_count").get()?.page_count))
        const large = "x".repeat(100_000)
        const answers = yield* Effect.forEach([2, 3, 4], (id) => post(id, large), { concurrency: "unbounded" })
        assert.deepStrictEqual(answers, [refused, refused, refused])
        assert.deepStrictEqual(yield* taken, [[1], [1]])
        limit(1_000_000)
        assert.strictEqual((yield* post(2, large)).status, 200)
        assert.deepStrictEqual(yield* taken, [
          [1, 2],
          [1, 2],
        ])
      }).pipe(Effect.provide(hostLayer(path, Tables.defaultReserve))),
    ),
  )
})
