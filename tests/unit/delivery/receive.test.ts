import { WebhookConfig } from "@concierge/core/config.ts"
import { receiveUpdate, type WebhookRequest } from "@concierge/core/delivery/receive.ts"
import { Unavailable } from "@concierge/core/services/reasons.ts"
import { type QueuedUpdate, UpdateQueue, UpdateQueueError } from "@concierge/core/services/UpdateQueue.ts"
import { iso } from "@concierge/core/Time.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/testing/TestClock"
import { Counted, metricsLayer } from "../../layers/metrics.ts"

/** The queue as the test wants it, and whether anybody read the body. */
class Seen extends Context.Service<Seen, { readonly queued: Array<QueuedUpdate>; bodies: number; isDown: boolean }>()(
  "receiveUpdate.test/Seen",
) {}

const queueLayer = Layer.effect(
  UpdateQueue,
  Effect.map(Seen, (seen) =>
    UpdateQueue.of({
      send: (update) =>
        Effect.suspend(() => {
          if (seen.isDown) return new UpdateQueueError({ reason: new Unavailable({ cause: new Error("down") }) })
          return Effect.sync(() => void seen.queued.push(update))
        }),
    }),
  ),
)

interface Config {
  readonly secret?: string
  readonly originSecret?: string
  /** Until when the one before counts as well. */
  readonly formerUntil?: string
}

const redacted = (text: string | undefined) => (text === undefined ? undefined : Redacted.make(text))

const webhook = ({ formerUntil, originSecret, secret }: Config = { secret: "s3cret" }) =>
  queueLayer.pipe(
    Layer.provideMerge(Layer.sync(Seen, () => Seen.of({ queued: [], bodies: 0, isDown: false }))),
    Layer.merge(metricsLayer),
    Layer.merge(
      Layer.succeed(WebhookConfig, {
        secret: redacted(secret),
        originSecret: redacted(originSecret),
        formerSecret:
          formerUntil === undefined ? undefined : { value: Redacted.make("f0rmer"), until: iso(formerUntil) },
      }),
    ),
    Layer.merge(Logger.layer([])),
  )

interface Request {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  readonly traceparent?: string
}

const token = "x-telegram-bot-api-secret-token"
const origin = "x-origin-verify"

const ask = Effect.fnUntraced(function* ({
  body = '{"update_id":1}',
  headers = {},
  method = "POST",
  traceparent,
}: Request) {
  const seen = yield* Seen
  const request: WebhookRequest = {
    method,
    header: (name) => headers[name],
    body: Effect.sync(() => {
      seen.bodies += 1
      return typeof body === "string" ? new TextEncoder().encode(body) : body
    }),
    correlationId: "request-1",
    ...(traceparent !== undefined && { traceparent }),
  }
  return yield* receiveUpdate(request)
})

const good = { [token]: "s3cret" }
const huge = "x".repeat(262_145)

/** In the order of the contract: each of them fails every later check as well, so that only the first can be its reason. */
const inOrder: ReadonlyArray<readonly [name: string, config: Config, request: Request, status: number]> = [
  ["no origin header where one is expected", { originSecret: "o" }, { method: "GET", body: huge }, 403],
  ["a wrong origin header", { originSecret: "o" }, { method: "GET", body: huge, headers: { [origin]: "O" } }, 403],
  [
    "an origin header of another length",
    { originSecret: "o", secret: "s3cret" },
    { headers: { ...good, [origin]: "oo" } },
    403,
  ],
  ["our secret is not configured", {}, { method: "GET", body: huge }, 503],
  ["our secret is not configured, and the token is right", {}, { headers: good }, 503],
  ["not POST", { secret: "s3cret" }, { method: "GET", body: huge }, 405],
  ["not POST, with the right token", { secret: "s3cret" }, { method: "PUT", headers: good }, 405],
  ["no token", { secret: "s3cret" }, { body: huge }, 401],
  ["a wrong token", { secret: "s3cret" }, { headers: { [token]: "S3cret" }, body: huge }, 401],
  ["a shorter token", { secret: "s3cret" }, { headers: { [token]: "s3cre" }, body: "nonsense" }, 401],
  ["a longer token", { secret: "s3cret" }, { headers: { [token]: "s3crets" }, body: "nonsense" }, 401],
  ["an empty token", { secret: "s3cret" }, { headers: { [token]: "" }, body: "nonsense" }, 401],
  ["a token of another script", { secret: "s3cret" }, { headers: { [token]: "ѕ3cret" } }, 401],
  [
    "the origin's secret as the token",
    { secret: "s3cret", originSecret: "o" },
    { headers: { [origin]: "o", [token]: "o" } },
    401,
  ],
  ["a body over 256 KiB", { secret: "s3cret" }, { headers: good, body: huge }, 413],
]

const unreadable: ReadonlyArray<readonly [name: string, body: string | Uint8Array, reason: RegExp]> = [
  ["no body", "", /JSON/],
  ["not JSON", "{", /JSON/],
  ["not UTF-8", new Uint8Array([0x7b, 0xff, 0x7d]), /UTF-8/],
  ["a list", '[{"update_id":1}]', /object/],
  ["null", "null", /object/],
  ["a text", '"update_id"', /object/],
  ["no update_id", '{"message":{}}', /update_id/],
  ["an update_id that is a text", '{"update_id":"1"}', /update_id/],
  ["an update_id with a fraction", '{"update_id":1.5}', /update_id/],
  ["an update_id that is not safe", '{"update_id":9007199254740993}', /update_id/],
  ["an inherited update_id", '{"__proto__":{"update_id":1}}', /update_id/],
]

describe("the webhook", () => {
  it.effect.each(inOrder)("%s: nothing is queued (%#)", ([, config, request, status]) =>
    Effect.gen(function* () {
      const response = yield* ask(request)
      const seen = yield* Seen
      assert.strictEqual(response.status, status)
      assert.isEmpty(seen.queued)
      // Before the sender is known, the body is not even read.
      assert.strictEqual(seen.bodies, status === 413 ? 1 : 0)
      if (status === 401) assert.strictEqual(response.body, '{"error":"Unauthorized"}')
      if (status === 405) assert.strictEqual(response.headers.allow, "POST")
      if (status === 503) assert.isAbove(Number(response.headers["retry-after"]), 0)
      assert.strictEqual((yield* Counted).of("WebhookErrors"), status === 503 ? 1 : 0)
      assert.strictEqual((yield* Counted).of("WebhookRequests"), 1)
    }).pipe(Effect.provide(webhook(config), { local: true })),
  )

  it.effect.each(unreadable)("%s: 400 with a reason, nothing queued", ([, body, reason]) =>
    Effect.gen(function* () {
      const response = yield* ask({ headers: good, body })
      assert.strictEqual(response.status, 400)
      assert.match(response.body, reason)
      assert.isEmpty((yield* Seen).queued)
    }).pipe(Effect.provide(webhook(), { local: true })),
  )

  it.effect("a body of exactly 256 KiB is taken", () =>
    Effect.gen(function* () {
      const empty = '{"update_id":1,"poll":""}'
      const body = empty.replace('""', `"${"x".repeat(262_144 - empty.length)}"`)
      assert.strictEqual((yield* ask({ headers: good, body })).status, 200)
    }).pipe(Effect.provide(webhook(), { local: true })),
  )

  it.effect.each(["message", "callback_query", "poll", "of_the_future", "Weird Kind!"])(
    "an update of any kind is queued, then answered 200: %s",
    (kind) =>
      Effect.gen(function* () {
        const response = yield* ask({ headers: good, body: JSON.stringify({ update_id: 7, [kind]: {} }) })
        assert.deepInclude(response, { status: 200, body: '{"ok":true}' })
        const [update, ...more] = (yield* Seen).queued
        assert.isEmpty(more)
        assert.strictEqual(update?.attributes.kind, kind === "Weird Kind!" ? "unknown" : kind)
        assert.strictEqual((yield* Counted).of("UpdatesAccepted"), 1)
      }).pipe(Effect.provide(webhook(), { local: true })),
  )

  it.effect("the queue refused: 503 with Retry-After, never 200", () =>
    Effect.gen(function* () {
      const seen = yield* Seen
      seen.isDown = true
      const response = yield* ask({ headers: good })
      assert.strictEqual(response.status, 503)
      assert.isAbove(Number(response.headers["retry-after"]), 0)
      assert.strictEqual((yield* Counted).of("WebhookErrors"), 1)
      assert.strictEqual((yield* Counted).of("UpdatesAccepted"), 0)
    }).pipe(Effect.provide(webhook(), { local: true })),
  )

  it.effect("what we add travels in the attributes, and the body is the same JSON value", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(Date.UTC(2026, 2, 4, 5, 6, 7, 89))
      const body =
        ' {"update_id": 7, "message": {"chat": {"id": -42}, "text": "👋\\u00e9\\ud800", "new": [1.0]}, "z": null}\n'
      const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
      yield* ask({ headers: good, body, traceparent })
      const [update] = (yield* Seen).queued
      assert.deepStrictEqual(JSON.parse(update?.body ?? ""), JSON.parse(body))
      assert.strictEqual(update?.group, "-42")
      assert.deepStrictEqual(update?.attributes, {
        updateId: 7,
        kind: "message",
        receivedAt: iso("2026-03-04T05:06:07.089Z"),
        correlationId: "request-1",
        attempt: 0,
        traceparent,
      })
    }).pipe(Effect.provide(webhook(), { local: true })),
  )

  it.effect("a secret that was replaced counts for ten minutes beside the new one, and ends by itself", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(Date.UTC(2026, 2, 4, 5, 0))
      const former = { [token]: "f0rmer" }
      const statuses = Effect.map(
        Effect.forEach([former, good, { [token]: "f0rmer2" }, {}], (headers) => ask({ headers })),
        (responses) => responses.map(({ status }) => status),
      )
      assert.deepStrictEqual(yield* statuses, [200, 200, 401, 401])
      yield* TestClock.adjust(Duration.seconds(599))
      assert.deepStrictEqual(yield* statuses, [200, 200, 401, 401])
      yield* TestClock.adjust("2 seconds")
      assert.deepStrictEqual(yield* statuses, [401, 200, 401, 401])
    }).pipe(Effect.provide(webhook({ secret: "s3cret", formerUntil: "2026-03-04T05:10:00.000Z" }), { local: true })),
  )

  it.effect("through the edge, with both secrets", () =>
    Effect.gen(function* () {
      assert.strictEqual((yield* ask({ headers: { ...good, [origin]: "o" } })).status, 200)
    }).pipe(Effect.provide(webhook({ secret: "s3cret", originSecret: "o" }), { local: true })),
  )
})
