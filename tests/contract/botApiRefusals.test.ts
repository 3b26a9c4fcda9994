import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type { Api } from "grammy"
import { StandIn } from "../../packages/local/telegram/StandIn.ts"
import * as Bot from "../fixtures/telegram/bot.ts"

const html = { parse_mode: "HTML" } as const
const button = (text: string, callback_data: string) => ({ inline_keyboard: [[{ text, callback_data }]] })

/** A person who has started the bot. */
const started = Effect.fnUntraced(function* (chatId: number) {
  yield* (yield* StandIn).send({ chatId, text: "/start" })
  return chatId
})

layer(Bot.layer())("what the stand-in Bot API refuses to send", (it) => {
  it.effect.each([
    ["", "400 Bad Request: message text is empty"],
    ["  <b> </b>\n", "400 Bad Request: message text is empty"],
    ["x".repeat(4097), "400 Bad Request: message is too long"],
    ["<b>a", `400 Bad Request: can't parse entities: Can't find end tag corresponding to start tag "b"`],
    ["1 < 2", `400 Bad Request: can't parse entities: Unsupported start tag "" at byte offset 2`],
    ["é<x>", `400 Bad Request: can't parse entities: Unsupported start tag "x" at byte offset 2`],
  ] as const)("refuses the text %j", ([text, refusal]) =>
    Effect.gen(function* () {
      const chatId = yield* started(102)
      assert.strictEqual(yield* (yield* Bot.Bot).refusal((api) => api.sendMessage(chatId, text, html)), refusal)
    }),
  )

  it.effect("the limit counts characters after the entities were read", () =>
    Effect.gen(function* () {
      const chatId = yield* started(103)
      const text = `<b>${"&amp;".repeat(4000)}</b>${"👋".repeat(96)}`
      const sent = yield* (yield* Bot.Bot).call((api) => api.sendMessage(chatId, text, html))
      assert.strictEqual(sent.text, "&".repeat(4000) + "👋".repeat(96))
    }),
  )

  it.effect.each([
    ["", "BUTTON_DATA_INVALID"],
    ["é".repeat(33), "BUTTON_DATA_INVALID"],
  ] as const)("refuses a button with the data %j", ([data, refusal]) =>
    Effect.gen(function* () {
      const chatId = yield* started(104)
      const send = (api: Api) => api.sendMessage(chatId, "x", { reply_markup: button("Go", data) })
      assert.strictEqual(yield* (yield* Bot.Bot).refusal(send), `400 Bad Request: ${refusal}`)
    }),
  )

  it.effect("refuses keyboards of another shape", () =>
    Effect.gen(function* () {
      const bot = yield* Bot.Bot
      const chatId = yield* started(105)
      const refusalOf = (reply_markup: unknown) =>
        bot.refusal((api) =>
          api.raw.sendMessage(JSON.parse(JSON.stringify({ chat_id: chatId, text: "x", reply_markup }))),
        )
      assert.match(yield* refusalOf("{"), /^400 Bad Request: can't parse reply keyboard markup JSON object$/)
      assert.match(yield* refusalOf({ inline: [] }), /^400 Bad Request: object expected as reply markup$/)
      assert.match(yield* refusalOf({ inline_keyboard: [{ text: "x" }] }), /^400 Bad Request: can't parse inline/)
      assert.match(yield* refusalOf({ inline_keyboard: [[{ text: "x" }]] }), /Text buttons are unallowed/)
      assert.match(yield* refusalOf({ inline_keyboard: [[{ text: "x", url: "no way" }]] }), /Wrong HTTP URL/)
    }),
  )

  it.effect("nobody is written to who has not begun, or who has blocked the bot", () =>
    Effect.gen(function* () {
      const [bot, standIn] = [yield* Bot.Bot, yield* StandIn]
      const to = (chatId: number | string) => (api: Api) => api.sendMessage(chatId, "x")
      assert.strictEqual(yield* bot.refusal(to(106)), "400 Bad Request: chat not found")
      assert.strictEqual(yield* bot.refusal(to("@somebody")), "400 Bad Request: chat not found")
      yield* standIn.send({ chatId: -5, fromId: 106, text: "/start@concierge_bot" })
      assert.strictEqual(yield* bot.refusal(to(106)), "403 Forbidden: bot can't initiate conversation with a user")
      assert.strictEqual((yield* bot.call(to(-5))).chat.type, "group")
      yield* started(106)
      yield* bot.call(to(106))
      yield* standIn.send({ chatId: 106, membership: "kicked" })
      assert.strictEqual(yield* bot.refusal(to(106)), "403 Forbidden: bot was blocked by the user")
      yield* standIn.send({ chatId: 106, membership: "member" })
      yield* bot.call(to("106"))
      yield* standIn.send({ chatId: -5, fromId: 106, membership: "kicked" })
      assert.strictEqual(yield* bot.refusal(to(-5)), "403 Forbidden: bot was kicked from the group chat")
    }),
  )
})
