import { assert, describe, it } from "@effect/vitest"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Queue from "effect/Queue"
import * as TestClock from "effect/testing/TestClock"
import { StandIn } from "../../packages/local/telegram/StandIn.ts"
import * as Bot from "../fixtures/telegram/bot.ts"
import { accept, info, patientWorld, setWebhook, world } from "../fixtures/telegram/delivery.ts"
import * as TestWebhook from "../fixtures/telegram/webhook.ts"

const [ada, ben] = [301, 302]

describe("the stand-in's webhook", () => {
  it.effect("an update is posted as JSON with the secret, and is gone once it was taken", () =>
    Effect.gen(function* () {
      const [standIn, webhook] = [yield* StandIn, yield* TestWebhook.TestWebhook]
      yield* setWebhook({ secret_token: "hush_-1" })
      const from = { first_name: "Ada", language_code: "es", username: "ada" }
      const updateId = yield* standIn.send({ chatId: ada, text: "/start abc", from })
      const { update, headers, answer } = yield* webhook.next
      assert.strictEqual(headers["x-telegram-bot-api-secret-token"], "hush_-1")
      assert.strictEqual(headers["content-type"], "application/json")
      assert.notProperty(headers, "traceparent")
      assert.deepStrictEqual<unknown>(update, {
        update_id: updateId,
        message: {
          message_id: 1,
          from: { id: ada, is_bot: false, ...from },
          chat: { id: ada, type: "private", first_name: "Ada", username: "ada" },
          date: 0,
          text: "/start abc",
          entities: [{ type: "bot_command", offset: 0, length: 6 }],
        },
      })
      assert.strictEqual((yield* info).pending_update_count, 1)
      yield* answer(204)
      // Its successor comes only when the first is done with.
      yield* standIn.send({ chatId: ada, text: "next" })
      yield* accept
    }).pipe(Effect.provide(world)),
  )

  it.effect("what is not taken is delivered again, before anything later of its chat", () =>
    Effect.gen(function* () {
      const [standIn, webhook] = [yield* StandIn, yield* TestWebhook.TestWebhook]
      yield* setWebhook()
      const first = yield* standIn.send({ chatId: ada, text: "first" })
      const second = yield* standIn.send({ chatId: ada, text: "second" })
      for (const status of [500, 404, 302, 199 + 2]) {
        const arrival = yield* webhook.next
        assert.strictEqual(arrival.update.update_id, first)
        assert.strictEqual(yield* webhook.waiting, 0)
        yield* arrival.answer(status, { location: "http://127.0.0.1:1/" })
      }
      assert.strictEqual(yield* accept, second)
      assert.strictEqual((yield* info).last_error_message, "Wrong response from the webhook: 302")
    }).pipe(Effect.provide(world)),
  )

  it.effect("chats, taps and memberships do not wait for each other", () =>
    Effect.gen(function* () {
      const [standIn, webhook] = [yield* StandIn, yield* TestWebhook.TestWebhook]
      yield* setWebhook()
      const message = yield* standIn.send({ chatId: ada, text: "held" })
      const held = yield* webhook.next
      assert.strictEqual(held.update.update_id, message)
      const others = [
        yield* standIn.send({ chatId: ben, text: "hello" }),
        yield* standIn.send({ chatId: ada, callbackData: "go" }),
        yield* standIn.send({ chatId: ada, membership: "kicked" }),
      ]
      assert.sameMembers([yield* accept, yield* accept, yield* accept], others)
      yield* held.answer(200)
    }).pipe(Effect.provide(world)),
  )

  it.effect("no more are under way than max_connections", () =>
    Effect.gen(function* () {
      const [standIn, webhook] = [yield* StandIn, yield* TestWebhook.TestWebhook]
      yield* setWebhook({ max_connections: 2 })
      for (const chatId of [1, 2, 3]) yield* standIn.send({ chatId, text: "x" })
      const [one, two] = [yield* webhook.next, yield* webhook.next]
      assert.strictEqual((yield* info).max_connections, 2)
      assert.strictEqual(yield* webhook.waiting, 0)
      yield* one.answer(200)
      yield* accept
      yield* two.answer(200)
    }).pipe(Effect.provide(world)),
  )

  it.effect.each([
    ["a tap", { callbackData: "go" }, Duration.seconds(150)],
    ["a message", { text: "hello" }, Duration.days(1)],
    ["a membership", { membership: "kicked" }, Duration.days(1)],
  ] as const)("%s is given up when it expires", ([, what, lifetime]) =>
    Effect.gen(function* () {
      const [standIn, webhook] = [yield* StandIn, yield* TestWebhook.TestWebhook]
      yield* setWebhook()
      const first = yield* standIn.send({ chatId: ada, ...what })
      const early = yield* webhook.next
      yield* TestClock.adjust(Duration.subtract(lifetime, Duration.seconds(1)))
      yield* early.answer(500)
      const late = yield* webhook.next
      assert.strictEqual(late.update.update_id, first)
      yield* TestClock.adjust("1 second")
      const second = yield* standIn.send({ chatId: ada, ...what })
      yield* late.answer(500)
      assert.strictEqual(yield* accept, second)
    }).pipe(Effect.provide(patientWorld)),
  )

  it.effect("an answer is awaited for a minute", () =>
    Effect.gen(function* () {
      const [standIn, webhook] = [yield* StandIn, yield* TestWebhook.TestWebhook]
      yield* setWebhook()
      const message = yield* standIn.send({ chatId: ada, text: "hello" })
      yield* webhook.next
      yield* TestClock.adjust("60 seconds")
      assert.strictEqual(yield* accept, message)
      assert.strictEqual((yield* info).last_error_message, "Read timeout expired")
    }).pipe(Effect.provide(world)),
  )

  it.effect("Retry-After is obeyed, and a webhook set again ends the wait", () =>
    Effect.gen(function* () {
      const [standIn, webhook] = [yield* StandIn, yield* TestWebhook.TestWebhook]
      yield* setWebhook()
      const message = yield* standIn.send({ chatId: ada, text: "busy?" })
      const refuse = Effect.flatMap(webhook.next, (arrival) => arrival.answer(503, { "retry-after": "30" }))
      const failed = Effect.repeat(info, { while: (info) => info.last_error_message === undefined })
      yield* refuse
      yield* failed
      yield* TestClock.adjust("29 seconds")
      assert.strictEqual(yield* webhook.waiting, 0)
      yield* TestClock.adjust("1 second")
      yield* refuse
      yield* setWebhook({ secret_token: "new" })
      const { update, headers, answer } = yield* webhook.next
      assert.strictEqual(update.update_id, message)
      assert.strictEqual(headers["x-telegram-bot-api-secret-token"], "new")
      yield* answer(200)
    }).pipe(Effect.provide(world)),
  )

  it.effect("the wait after each failure is the policy's", () =>
    Effect.gen(function* () {
      const failures = yield* Queue.unbounded<number>()
      const delay = (n: number) => {
        Queue.offerUnsafe(failures, n)
        return Duration.seconds(5)
      }
      yield* Effect.gen(function* () {
        const [standIn, webhook] = [yield* StandIn, yield* TestWebhook.TestWebhook]
        yield* setWebhook()
        yield* standIn.send({ chatId: ada, text: "x" })
        for (const n of [1, 2, 3]) {
          yield* Effect.flatMap(webhook.next, (arrival) => arrival.answer(500))
          assert.strictEqual(yield* Queue.take(failures), n)
          yield* TestClock.adjust("5 seconds")
        }
        yield* accept
      }).pipe(Effect.provide(Layer.merge(Bot.layer({ redelivery: { delay } }), TestWebhook.layer)))
    }),
  )
})
