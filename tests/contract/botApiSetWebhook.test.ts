import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type { Api } from "grammy"
import { StandIn } from "../../packages/local/telegram/StandIn.ts"
import { Bot } from "../fixtures/telegram/bot.ts"
import { accept, info, setWebhook, world } from "../fixtures/telegram/delivery.ts"
import { TestWebhook } from "../fixtures/telegram/webhook.ts"

const ada = 301

describe("setWebhook of the stand-in", () => {
  it.effect("only the kinds asked for are sent", () =>
    Effect.gen(function* () {
      const standIn = yield* StandIn
      yield* setWebhook({ allowed_updates: ["message"] })
      yield* standIn.send({ chatId: ada, callbackData: "go" })
      const message = yield* standIn.send({ chatId: ada, text: "x" })
      assert.strictEqual(yield* accept, message)
      yield* setWebhook()
      assert.deepStrictEqual((yield* info).allowed_updates, ["message"])
      yield* setWebhook({ allowed_updates: [] })
      assert.notProperty(yield* info, "allowed_updates")
      const edit = yield* standIn.send({ chatId: ada, editedText: "y" })
      assert.strictEqual(yield* accept, edit)
    }).pipe(Effect.provide(world)),
  )

  it.effect("a webhook at another address gets what the first did not take", () =>
    Effect.gen(function* () {
      const [bot, standIn, webhook] = [yield* Bot, yield* StandIn, yield* TestWebhook]
      yield* bot.call((api) => api.setWebhook("http://127.0.0.1:1/"))
      const message = yield* standIn.send({ chatId: ada, text: "x" })
      yield* Effect.repeat(info, { while: (info) => info.last_error_message !== "Connection refused" })
      yield* setWebhook()
      assert.strictEqual(yield* accept, message)
      assert.strictEqual(yield* webhook.waiting, 0)
      yield* standIn.send({ chatId: ada, text: "dropped" })
      yield* webhook.next
      yield* setWebhook({ drop_pending_updates: true })
      assert.strictEqual((yield* info).pending_update_count, 0)
    }).pipe(Effect.provide(world)),
  )

  it.effect.each([
    ["ftp://example.com", {}, "bad webhook: An HTTPS URL must be provided for webhook"],
    ["not a url", {}, "bad webhook: An HTTPS URL must be provided for webhook"],
    ["https://example.com", { secret_token: "no spaces" }, "secret token contains unallowed characters"],
    ["https://example.com", { secret_token: "x".repeat(257) }, "secret token is too long"],
  ] as const)("setWebhook refuses %j %j", ([url, options, refusal]) =>
    Effect.gen(function* () {
      const set = (api: Api) => api.setWebhook(url, options)
      assert.strictEqual(yield* (yield* Bot).refusal(set), `400 Bad Request: ${refusal}`)
    }).pipe(Effect.provide(world)),
  )
})
