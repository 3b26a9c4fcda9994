import { spawn } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import type { Api } from "grammy"
import { StandIn } from "../../packages/local/telegram/StandIn.ts"
import * as Bot from "../fixtures/telegram/bot.ts"
import { botToken } from "../fixtures/telegram/bot.ts"
import * as TestWebhook from "../fixtures/telegram/webhook.ts"

describe("the stand-in's memory", () => {
  it.effect("a new process finds chats, messages, files, webhook and pending updates as they were", () =>
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const path = `${yield* fs.makeTempDirectoryScoped({ prefix: "concierge-telegram-" })}/telegram.sqlite`
      const chatId = 700
      const { url, next } = yield* TestWebhook.TestWebhook

      const before = yield* Effect.gen(function* () {
        const [bot, standIn] = [yield* Bot.Bot, yield* StandIn]
        yield* standIn.send({ chatId, text: "/start", from: { first_name: "Ada" } })
        yield* bot.call((api) => api.getUpdates({ offset: -1 }))
        yield* bot.call((api) => api.setMyCommands([{ command: "help", description: "Help" }]))
        yield* bot.call((api) => api.sendMessage(chatId, "hello"))
        yield* standIn.send({ chatId: 701, membership: "kicked" })
        yield* bot.call((api) => api.setWebhook(url, { secret_token: "kept", drop_pending_updates: true }))
        const updateId = yield* standIn.send({ chatId, text: "never answered" })
        yield* next
        return { updateId, messages: yield* standIn.messages(chatId) }
      }).pipe(Effect.provide(Bot.layer({ path })))

      yield* Effect.gen(function* () {
        const [bot, standIn] = [yield* Bot.Bot, yield* StandIn]
        const { update, headers, answer } = yield* next
        assert.strictEqual(update.update_id, before.updateId)
        assert.strictEqual(headers["x-telegram-bot-api-secret-token"], "kept")
        yield* answer(200)
        assert.deepStrictEqual(yield* standIn.messages(chatId), before.messages)
        assert.strictEqual((yield* standIn.counters).sent, 1)
        assert.deepStrictEqual(yield* bot.call((api) => api.getMyCommands()), [
          { command: "help", description: "Help" },
        ])
        const toBlocked = (api: Api) => api.sendMessage(701, "x")
        assert.strictEqual(yield* bot.refusal(toBlocked), "403 Forbidden: bot was blocked by the user")
        const message = yield* bot.call((api) => api.sendMessage(chatId, "again"))
        assert.strictEqual(message.chat.first_name, "Ada")
        assert.isAbove(message.message_id, before.messages[0]?.message_id ?? 0)
        assert.isAbove(yield* standIn.send({ chatId, text: "x" }), before.updateId)
      }).pipe(Effect.provide(Bot.layer({ path })))
    }).pipe(Effect.provide(Layer.merge(TestWebhook.layer, NodeFileSystem.layer))),
  )

  it.effect("nothing that was answered is lost when the process is killed", () =>
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const path = `${yield* fs.makeTempDirectoryScoped({ prefix: "concierge-telegram-" })}/telegram.sqlite`
      const script = fileURLToPath(new URL("../fixtures/telegram/mortal.ts", import.meta.url))
      const child = spawn(process.execPath, [script, path, botToken, "concierge_bot"], {
        stdio: ["ignore", "pipe", "inherit"],
      })
      const [said] = yield* Effect.promise(() => once(child.stdout, "data"))
      child.kill("SIGKILL")
      yield* Effect.promise(() => once(child, "exit"))
      const { updateId, message } = JSON.parse(String(said))
      const { url, next } = yield* TestWebhook.TestWebhook
      yield* Effect.gen(function* () {
        const [bot, standIn] = [yield* Bot.Bot, yield* StandIn]
        assert.deepStrictEqual<unknown>(yield* standIn.messages(800), [message])
        yield* bot.call((api) => api.setWebhook(url))
        const { update, answer } = yield* next
        assert.strictEqual(update.update_id, updateId)
        yield* answer(200)
      }).pipe(Effect.provide(Bot.layer({ path })))
    }).pipe(Effect.provide(Layer.merge(TestWebhook.layer, NodeFileSystem.layer))),
  )
})
