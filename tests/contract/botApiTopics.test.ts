import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { StandIn } from "../../packages/local/telegram/StandIn.ts"
import * as Bot from "../fixtures/telegram/bot.ts"

const closed = "400 Bad Request: TOPIC_CLOSED"
const notFound = "400 Bad Request: message thread not found"

let groups = -1_002_000_000_000

/** A forum with a topic that somebody has written in. */
const forum = Effect.gen(function* () {
  const chatId = groups--
  yield* (yield* StandIn).send({ chatId, fromId: 5, text: "hi", topic: 77 })
  return chatId
})

layer(Bot.layer())("topics of the stand-in Telegram", (it) => {
  it.effect("a message goes into its topic, and says so", () =>
    Effect.gen(function* () {
      const bot = yield* Bot.Bot
      const chatId = yield* forum
      const sent = yield* bot.call((api) => api.sendMessage(chatId, "x", { message_thread_id: 77 }))
      assert.deepInclude(sent, { message_thread_id: 77, is_topic_message: true })
      assert.isTrue(yield* bot.call((api) => api.sendChatAction(chatId, "typing", { message_thread_id: 77 })))
      const elsewhere = bot.refusal((api) => api.sendChatAction(chatId, "typing", { message_thread_id: 78 }))
      assert.strictEqual(yield* elsewhere, notFound)
      assert.deepInclude(sent.chat, { id: chatId, is_forum: true })
    }),
  )

  it.effect("General takes what names no topic, and cannot be named", () =>
    Effect.gen(function* () {
      const bot = yield* Bot.Bot
      const chatId = yield* forum
      const sent = yield* bot.call((api) => api.sendMessage(chatId, "x"))
      assert.notProperty(sent, "message_thread_id")
      for (const message_thread_id of [1, 78]) {
        assert.strictEqual(yield* bot.refusal((api) => api.sendMessage(chatId, "x", { message_thread_id })), notFound)
      }
    }),
  )

  it.effect("one that is closed takes nothing, General included, and the others go on", () =>
    Effect.gen(function* () {
      const [bot, standIn] = [yield* Bot.Bot, yield* StandIn]
      const chatId = yield* forum
      yield* standIn.send({ chatId, fromId: 5, topicClosed: true })
      assert.strictEqual(yield* bot.refusal((api) => api.sendMessage(chatId, "x")), closed)
      yield* bot.call((api) => api.sendMessage(chatId, "x", { message_thread_id: 77 }))
      yield* standIn.send({ chatId, fromId: 5, topic: 77, topicClosed: true })
      assert.strictEqual(yield* bot.refusal((api) => api.sendMessage(chatId, "x", { message_thread_id: 77 })), closed)
      yield* standIn.send({ chatId, fromId: 5, topicClosed: false })
      yield* bot.call((api) => api.sendMessage(chatId, "x"))
    }),
  )

  it.effect("a group without them drops the thread, and a private chat knows those it has", () =>
    Effect.gen(function* () {
      const [bot, standIn] = [yield* Bot.Bot, yield* StandIn]
      yield* standIn.send({ chatId: -9, fromId: 5, text: "hi" })
      assert.notProperty(
        yield* bot.call((api) => api.sendMessage(-9, "x", { message_thread_id: 5 })),
        "message_thread_id",
      )
      yield* standIn.send({ chatId: 9, text: "hi", topic: 4 })
      const sent = yield* bot.call((api) => api.sendMessage(9, "x", { message_thread_id: 4 }))
      assert.deepInclude(sent, { message_thread_id: 4, is_topic_message: true })
      assert.strictEqual(yield* bot.refusal((api) => api.sendMessage(9, "x", { message_thread_id: 5 })), notFound)
      const basic = yield* Effect.flip(standIn.send({ chatId: -9, fromId: 5, text: "hi", topic: 4 }))
      assert.match(basic.problem, /supergroup/)
    }),
  )
})
