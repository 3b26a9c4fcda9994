import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Schema from "effect/Schema"
import * as TestClock from "effect/testing/TestClock"
import type { Api } from "grammy"
import { StandIn } from "../../packages/local/telegram/StandIn.ts"
import * as Bot from "../fixtures/telegram/bot.ts"

const chatId = 400

/** Waiting before this returns: over HTTP nobody could say when it is. */
const poll = Effect.fnUntraced(function* (timeout: number) {
  const standIn = yield* StandIn
  return yield* Effect.forkChild(standIn.call("getUpdates", { values: { timeout }, uploads: new Map() }), {
    startImmediately: true,
  })
})

const decode = Schema.decodeUnknownSync(Schema.Array(Schema.Struct({ update_id: Schema.Int })))
const idsOf = (updates: ReadonlyArray<{ readonly update_id: number }>) => updates.map((update) => update.update_id)

describe("the stand-in's getUpdates", () => {
  it.effect("gives every update until it is confirmed by a later offset", () =>
    Effect.gen(function* () {
      const [bot, standIn] = [yield* Bot.Bot, yield* StandIn]
      const first = yield* standIn.send({ chatId, text: "one" })
      const second = yield* standIn.send({ chatId, text: "two" })
      const third = yield* standIn.send({ chatId, callbackData: "go" })
      const all = [first, second, third]
      const get = (options?: Parameters<Api["getUpdates"]>[0]) =>
        Effect.map(
          bot.call((api) => api.getUpdates(options)),
          idsOf,
        )
      assert.deepStrictEqual(yield* get(), all)
      assert.deepStrictEqual(yield* get({ limit: 2 }), [first, second])
      assert.deepStrictEqual(yield* get({ offset: second }), [second, third])
      assert.deepStrictEqual(yield* get(), [second, third])
      assert.deepStrictEqual(yield* get({ offset: -1 }), [third])
      assert.deepStrictEqual(yield* get({ offset: third + 1 }), [])
      assert.strictEqual((yield* bot.call((api) => api.getWebhookInfo())).pending_update_count, 0)
    }).pipe(Effect.provide(Bot.layer())),
  )

  it.effect("waits for the next update, or until the time is up", () =>
    Effect.gen(function* () {
      const [bot, standIn] = [yield* Bot.Bot, yield* StandIn]
      const first = yield* poll(30)
      const update = yield* standIn.send({ chatId, text: "now" })
      assert.deepStrictEqual(idsOf(decode(yield* Fiber.join(first))), [update])
      yield* bot.call((api) => api.getUpdates({ offset: update + 1 }))
      const second = yield* poll(30)
      yield* TestClock.adjust("30 seconds")
      assert.deepStrictEqual(yield* Fiber.join(second), [])
    }).pipe(Effect.provide(Bot.layer())),
  )

  it.effect("one poll at a time, and none while there is a webhook", () =>
    Effect.gen(function* () {
      const bot = yield* Bot.Bot
      const first = yield* poll(30)
      const second = yield* poll(30)
      const reasonOf = (fiber: typeof first) => Effect.map(Effect.flip(Fiber.join(fiber)), (error) => error.reason)
      assert.match((yield* reasonOf(first)).description, /^Conflict: terminated by other getUpdates request/)
      yield* bot.call((api) => api.setWebhook("https://127.0.0.1:1/"))
      assert.strictEqual((yield* reasonOf(second)).description, "Conflict: terminated by setWebhook request")
      const get = (api: Api) => api.getUpdates()
      assert.match(yield* bot.refusal(get), /^409 Conflict: can't use getUpdates method while webhook is active/)
      yield* bot.call((api) => api.deleteWebhook())
      assert.deepStrictEqual(yield* bot.call(get), [])
    }).pipe(Effect.provide(Bot.layer())),
  )

  it.effect("forgets what has expired", () =>
    Effect.gen(function* () {
      const [bot, standIn] = [yield* Bot.Bot, yield* StandIn]
      yield* standIn.send({ chatId, callbackData: "go" })
      const message = yield* standIn.send({ chatId, text: "hello" })
      yield* TestClock.adjust("150 seconds")
      assert.deepStrictEqual(idsOf(yield* bot.call((api) => api.getUpdates())), [message])
    }).pipe(Effect.provide(Bot.layer())),
  )
})
