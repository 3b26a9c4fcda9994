import * as MetricsEmf from "@concierge/aws/lambda/MetricsEmf.ts"
import { WebhookConfig } from "@concierge/core/config.ts"
import { Unavailable } from "@concierge/core/services/reasons.ts"
import { type QueuedUpdate, UpdateQueue, UpdateQueueError } from "@concierge/core/services/UpdateQueue.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Redacted from "effect/Redacted"
import { webhookHandler } from "../../../packages/functions/webhookHandler.ts"
import { context } from "../../fixtures/aws/context.ts"
import { httpEvent } from "../../fixtures/aws/httpEvent.ts"

interface Options {
  readonly secret?: string
  readonly originSecret?: string
  readonly queue?: Effect.Effect<void, UpdateQueueError>
}

const redacted = (value: string | undefined) => (value === undefined ? undefined : Redacted.make(value))

/** The handler as in a container, with its queue and its metrics in memory. */
const container = ({ originSecret, queue = Effect.void, secret }: Options) => {
  const sent: Array<QueuedUpdate> = []
  const emitted: Array<Record<string, unknown>> = []
  const handler = webhookHandler(
    Layer.mergeAll(
      Layer.succeed(WebhookConfig, { secret: redacted(secret), originSecret: redacted(originSecret) }),
      Layer.succeed(
        UpdateQueue,
        UpdateQueue.of({ send: (update) => Effect.tap(queue, () => Effect.sync(() => sent.push(update))) }),
      ),
      MetricsEmf.layer({ stage: "test", write: (line) => emitted.push(JSON.parse(line)) }),
      Logger.layer([]),
    ),
  )
  const answer = (request: Parameters<typeof httpEvent>[0]) =>
    Effect.promise(() => handler(httpEvent(request), context))
  return { answer, emitted, handler, sent }
}

const token = { "x-telegram-bot-api-secret-token": "s3cret" }
const origin = { "x-origin-verify": "0rigin" }
const body = '{"update_id":7,"message":{"chat":{"id":42},"text":"👋"},"new_field":{"kept":true}}'

const open = container({ secret: "s3cret" })
const locked = container({ secret: "s3cret", originSecret: "0rigin" })
const bare = container({})
const bareAndLocked = container({ originSecret: "0rigin" })
const down = container({
  secret: "s3cret",
  queue: Effect.fail(new UpdateQueueError({ reason: new Unavailable({ cause: new Error("down") }) })),
})
const broken = container({ secret: "s3cret", queue: Effect.die(new Error("a bug")) })

describe("webhook", () => {
  // The table of the specification in its order: each request fails the checks after the one that answers it, too.
  it.effect.each([
    ["no origin header where one is expected", locked, {}, 403],
    ["the wrong origin header", locked, { headers: { "x-origin-verify": "other" } }, 403],
    ["the origin is asked for before anything else", bareAndLocked, { method: "GET" }, 403],
    ["no secret configured", bare, { method: "GET" }, 503],
    ["no secret configured, though the origin is right", bareAndLocked, { method: "GET", headers: origin }, 503],
    ["not POST", open, { method: "GET" }, 405],
    ["not POST, from the edge", locked, { method: "PUT", headers: origin }, 405],
    ["no token", open, { body: "not JSON" }, 401],
    ["a wrong token", open, { headers: { "x-telegram-bot-api-secret-token": "s3cre" }, body: "not JSON" }, 401],
    ["a body over 256 KiB", open, { headers: token, body: "x".repeat(262_145) }, 413],
    ["a body that is not JSON", open, { headers: token, body: "not JSON" }, 400],
    ["no body", open, { headers: token }, 400],
    ["a body that is not an object", open, { headers: token, body: "[1]" }, 400],
    ["no update_id", open, { headers: token, body: '{"message":{}}' }, 400],
    ["an unsafe update_id", open, { headers: token, body: '{"update_id":9007199254740993}' }, 400],
    ["a queue that refuses", down, { headers: token, body }, 503],
    ["a bug", broken, { headers: token, body }, 503],
    ["an update", open, { headers: token, body }, 200],
    ["an update through the edge", locked, { headers: { ...token, ...origin }, body }, 200],
    ["an update of an unknown kind", open, { headers: token, body: '{"update_id":8,"surprise":{}}' }, 200],
  ] as const)("%s: %#", ([, { answer, sent }, request, status]) =>
    Effect.gen(function* () {
      const before = sent.length
      const response = yield* answer(request)
      assert.strictEqual(response.statusCode, status)
      assert.strictEqual(response.headers["content-type"], "application/json")
      assert.strictEqual("error" in JSON.parse(response.body), status !== 200)
      assert.strictEqual(sent.length - before, status === 200 ? 1 : 0)
    }),
  )

  it.effect("the answers that say more", () =>
    Effect.gen(function* () {
      const unauthorized = yield* open.answer({ body })
      assert.deepStrictEqual(JSON.parse(unauthorized.body), { error: "Unauthorized" })
      const taken = yield* open.answer({ headers: token, body })
      assert.strictEqual(taken.body, '{"ok":true}')
      for (const { answer } of [down, broken, bare]) {
        const unavailable = yield* answer({ headers: token, body })
        assert.isTrue(Number(new Headers(unavailable.headers).get("retry-after")) > 0)
      }
    }),
  )

  it.effect("the update goes on as the same JSON, in characters that every queue takes", () =>
    Effect.gen(function* () {
      yield* open.answer({ headers: token, body })
      const update = open.sent.at(-1)
      assert.match(update?.body ?? "", /^[ -~]+$/)
      assert.deepStrictEqual(JSON.parse(update?.body ?? ""), JSON.parse(body))
      assert.strictEqual(update?.group, "42")
      assert.deepInclude(update?.attributes, { updateId: 7, kind: "message", correlationId: context.awsRequestId })
    }),
  )

  it.effect("a body in base64, header names in any case, any path", () =>
    Effect.gen(function* () {
      const response = yield* open.answer({
        path: "/stage/telegram/webhook",
        headers: { "X-Telegram-Bot-Api-Secret-Token": "s3cret" },
        body: Buffer.from(body).toString("base64"),
        isBase64Encoded: true,
      })
      assert.strictEqual(response.statusCode, 200)
      assert.deepStrictEqual(JSON.parse(open.sent.at(-1)?.body ?? ""), JSON.parse(body))
    }),
  )

  it.effect("trace context travels on when it is one", () =>
    Effect.gen(function* () {
      const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
      yield* open.answer({ headers: { ...token, traceparent }, body })
      assert.strictEqual(open.sent.at(-1)?.attributes.traceparent, traceparent)
      yield* open.answer({ headers: { ...token, traceparent: "\u0001" }, body })
      assert.isUndefined(open.sent.at(-1)?.attributes.traceparent)
    }),
  )

  it.effect.each([
    { detail: {} },
    // Payload format 1.0, as of an API that was set up by hand.
    { version: "1.0", httpMethod: "POST", path: "/", headers: token, requestContext: { stage: "$default" }, body },
    null,
  ])("an event that is none of an HTTP API's format 2.0 is refused, and says why: %j", (event) =>
    Effect.gen(function* () {
      const before = open.sent.length
      const response = yield* Effect.promise(() => open.handler(event, context))
      assert.strictEqual(response.statusCode, 400)
      assert.match(JSON.parse(response.body).error, /payload format 2\.0/)
      assert.strictEqual(open.sent.length, before)
      assert.deepInclude(open.emitted.at(-1), { WebhookErrors: 1 })
    }),
  )

  it.effect("a body of null is none", () =>
    Effect.gen(function* () {
      const event = { ...httpEvent({ headers: token }), body: null }
      const response = yield* Effect.promise(() => open.handler(event, context))
      assert.strictEqual(response.statusCode, 400)
      assert.deepStrictEqual(JSON.parse(response.body), { error: "the body is not JSON" })
    }),
  )

  it.effect("every invocation emits its metrics in one line", () =>
    Effect.gen(function* () {
      const count = open.emitted.length
      yield* open.answer({ headers: token, body })
      assert.strictEqual(open.emitted.length, count + 1)
      assert.deepInclude(open.emitted.at(-1), { Stage: "test", WebhookRequests: 1, UpdatesAccepted: 1 })
      yield* down.answer({ headers: token, body })
      assert.deepInclude(down.emitted.at(-1), { WebhookRequests: 1, WebhookErrors: 1 })
      yield* broken.answer({ headers: token, body })
      assert.deepInclude(broken.emitted.at(-1), { WebhookRequests: 1, WebhookErrors: 1 })
    }),
  )
})
