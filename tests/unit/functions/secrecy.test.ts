import { createServer, type IncomingHttpHeaders } from "node:http"
import { decoderOf, itemOf } from "@concierge/aws/dynamo/attributes.ts"
import * as MetricsEmf from "@concierge/aws/lambda/MetricsEmf.ts"
import { WebhookConfig, WorkerConfig } from "@concierge/core/config.ts"
import { User } from "@concierge/core/onboarding/User.ts"
import { type Corrupt, type Newer, Unavailable } from "@concierge/core/services/reasons.ts"
import { Telegram } from "@concierge/core/services/Telegram.ts"
import { UpdateQueue, UpdateQueueError } from "@concierge/core/services/UpdateQueue.ts"
import { UsersError } from "@concierge/core/services/Users.ts"
import * as TelegramClient from "@concierge/telegram/Telegram.ts"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import { assert, describe, it } from "@effect/vitest"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Formatter from "effect/Formatter"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Tracer from "effect/Tracer"
import { handlerOf } from "../../../packages/aws/lambda/handlerOf.ts"
import { loggingLayer } from "../../../packages/aws/lambda/logging.ts"
import { workerConfig } from "../../../packages/functions/config/worker.ts"
import { webhookHandler } from "../../../packages/functions/webhookHandler.ts"
import { itemsOf } from "../../../packages/local/store/rows.ts"
import { context } from "../../fixtures/aws/context.ts"
import { httpEvent } from "../../fixtures/aws/httpEvent.ts"
import { assertClean, logged, secrets, written } from "../../fixtures/logged.ts"
import { listen } from "../../layers/listen.ts"

/** Calls of the Bot API at this origin, over the client that the functions use. */
const telegramAt = (telegramApi: string) => {
  const config = { botToken: Redacted.make(secrets.token), telegramApi, retention: Duration.days(90) }
  return Layer.provide(TelegramClient.layer, [
    Layer.succeed(WorkerConfig, config),
    NodeHttpClient.layerNodeHttpNoAgent.pipe(Layer.provide(NodeHttpClient.layerAgent)),
  ])
}

const greet = Telegram.use((telegram) => telegram.sendMessage({ chatId: 1, html: secrets.text }))

const stored = {
  userId: "telegram_1",
  telegramId: 1,
  firstName: [secrets.name],
  state: secrets.text,
  run: secrets.text,
}

describe("what the functions' logger makes of", () => {
  it.live.each([
    ["ECONNREFUSED", "http://127.0.0.1:1"],
    ["InvalidUrl", "telegram"],
  ] as const)("a Bot API that cannot be called: %s", ([why, origin]) =>
    Effect.gen(function* () {
      assertClean(yield* logged(Effect.provide(greet, telegramAt(origin))), why)
    }),
  )

  it.live.each([
    [502, "<html>no route for POST /bot%/sendMessage</html>", "a body that is no answer"],
    [200, '{"ok":true,"result":"/bot%"}', "Expected"],
    [401, '{"ok":false,"description":"Unauthorized"}', "Unauthorized"],
  ] as const)("a Bot API that answers %i %s", ([status, body, expected]) =>
    Effect.gen(function* () {
      const server = createServer((_, response) => response.writeHead(status).end(body.replace("%", secrets.token)))
      const origin = yield* listen(server)
      assertClean(yield* logged(Effect.provide(greet, telegramAt(origin))), expected)
    }),
  )

  it.live.each([200, 500])(
    "a trace of a call that is answered with %i; nor is the trace told to the Bot API",
    (status) =>
      Effect.gen(function* () {
        let headers: IncomingHttpHeaders = {}
        const server = createServer((request, response) => {
          headers = request.headers
          response.writeHead(status).end('{"ok":true,"result":{"message_id":1}}')
        })
        const spans: Array<Tracer.Span> = []
        const tracer = Tracer.make({
          span: (options) => {
            const span = new Tracer.NativeSpan(options)
            spans.push(span)
            return span
          },
        })
        yield* Effect.provide(greet, telegramAt(yield* listen(server))).pipe(Effect.exit, Effect.withTracer(tracer))
        const recorded = spans.map(({ attributes, name, status }) => [name, [...attributes], status])
        assertClean(Formatter.formatJson(recorded), "Telegram.sendMessage")
        assert.hasAnyKeys(headers, ["content-type"])
        assert.doesNotHaveAnyKeys(headers, ["traceparent", "b3", "x-b3-traceid"])
      }),
  )

  it.live("a stored person who does not decode", () =>
    Effect.gen(function* () {
      const decode = itemsOf(User)
      const failed: ReadonlyArray<readonly [Effect.Effect<unknown, Corrupt | Newer>, why: string]> = [
        [decoderOf(User)(itemOf(stored)), "Expected"],
        [decode([{ item: JSON.stringify(stored) }]), "Expected"],
        [decode([{ item: `${secrets.text} is no JSON` }]), "the item is not JSON"],
      ]
      for (const [reason, why] of failed) {
        assertClean(yield* logged(Effect.mapError(reason, (reason) => new UsersError({ reason }))), why)
      }
    }),
  )

  it.live("a secret that is malformed", () =>
    Effect.gen(function* () {
      const environment = ConfigProvider.fromUnknown({
        STAGE: "test",
        UpdateQueue: { url: "https://sqs.test" },
        TapQueue: { url: "https://sqs.test/taps" },
        TelegramBotToken: { value: secrets["half of the token"] },
      })
      const layer = Layer.unwrap(Effect.map(workerConfig, ({ stage }) => MetricsEmf.layer({ stage }))).pipe(
        Layer.provide(ConfigProvider.layer(environment)),
      )
      const start = Effect.promise(
        () => handlerOf({ layer, program: () => Effect.void, failed: () => undefined }).ready,
      )
      assertClean(yield* written(start), "configuration: TelegramBotToken.value is missing or malformed")
    }),
  )

  it.live("a request to the webhook, whatever becomes of it", () =>
    Effect.gen(function* () {
      const secret = secrets["webhook's secret"]
      const edge = secrets["edge's secret"]
      const down = new UpdateQueueError({ reason: new Unavailable({ cause: new Error("the queue is down") }) })
      const handler = webhookHandler(
        Layer.mergeAll(
          Layer.succeed(WebhookConfig, { secret: Redacted.make(secret), originSecret: Redacted.make(edge) }),
          Layer.succeed(UpdateQueue, UpdateQueue.of({ send: () => Effect.fail(down) })),
          MetricsEmf.layer({ stage: "test" }),
          loggingLayer("Debug"),
        ),
      )
      const statusOf = (headers: Readonly<Record<string, string>>, body: string) =>
        Effect.promise(async () => (await handler(httpEvent({ headers, body }), context)).statusCode)
      const both = { "x-telegram-bot-api-secret-token": secret, "x-origin-verify": edge }
      const output = yield* written(
        Effect.gen(function* () {
          assert.strictEqual(yield* statusOf({ ...both, "x-origin-verify": secret }, secrets.text), 403)
          assert.strictEqual(yield* statusOf({ ...both, "x-telegram-bot-api-secret-token": edge }, secrets.text), 401)
          assert.strictEqual(yield* statusOf(both, secrets.text), 400)
          const update = { update_id: 1, message: { text: secrets.text, from: { first_name: secrets.name } } }
          assert.strictEqual(yield* statusOf(both, JSON.stringify(update)), 503)
        }),
      )
      assertClean(output, "the queue is down")
    }),
  )
})
