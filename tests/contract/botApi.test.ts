import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { Api, GrammyError } from "grammy"
import { StandIn } from "../../packages/local/telegram/StandIn.ts"
import * as Bot from "../fixtures/telegram/bot.ts"
import { botToken } from "../fixtures/telegram/bot.ts"
import { open } from "./fixtures/http.ts"

const html = { parse_mode: "HTML" } as const
const button = (text: string, callback_data: string) => ({ inline_keyboard: [[{ text, callback_data }]] })

/** A person who has started the bot. */
const started = Effect.fnUntraced(function* (chatId: number) {
  yield* (yield* StandIn).send({ chatId, text: "/start" })
  return chatId
})

layer(Bot.layer())("the stand-in Bot API", (it) => {
  it.effect("getMe knows the bot by its token", () =>
    Effect.gen(function* () {
      const bot = yield* Bot.Bot
      const me = yield* bot.call((api) => api.getMe())
      assert.deepInclude(me, { id: 4242, is_bot: true, first_name: "Concierge", username: "concierge_bot" })
    }),
  )

  it.effect("a wrong token and an unknown method are refused", () =>
    Effect.gen(function* () {
      const bot = yield* Bot.Bot
      const stranger = new Api("4242:wrong", { apiRoot: bot.url })
      assert.strictEqual(yield* bot.refusal(() => stranger.getMe()), "401 Unauthorized")
      assert.strictEqual(yield* bot.refusal((api) => api.getMyStarBalance()), "404 Not Found")
      assert.strictEqual((yield* open(`${bot.url}/bot4242:wrong/getMe`)).status, 401)
    }),
  )

  it.effect("getChat tells whose chat it is, of those who have opened the bot alone", () =>
    Effect.gen(function* () {
      const bot = yield* Bot.Bot
      yield* (yield* StandIn).send({ chatId: 103, text: "/start", from: { first_name: "Ada", username: "ada" } })
      const chat = yield* bot.call((api) => api.getChat(103))
      assert.deepInclude(chat, { id: 103, type: "private", first_name: "Ada", username: "ada" })
      assert.strictEqual(yield* bot.refusal((api) => api.getChat(104)), "400 Bad Request: chat not found")
    }),
  )

  it.effect("takes parameters from the query and from a form", () =>
    Effect.gen(function* () {
      const [bot, standIn] = [yield* Bot.Bot, yield* StandIn]
      const chatId = yield* started(100)
      const url = `${bot.url}/bot${botToken}`
      const keyboard = JSON.stringify(button("Go", "go"))
      yield* open(`${url}/sendMessage?chat_id=100&text=by+query`)
      const body = new URLSearchParams({ chat_id: "100", text: "by form", reply_markup: keyboard })
      yield* open(`${url}/SENDMESSAGE`, { method: "POST", body })
      const form = new FormData()
      for (const [name, value] of body) form.set(name, value)
      yield* open(`${url}/sendMessage`, { method: "POST", body: form })
      const sent = yield* standIn.messages(chatId)
      assert.deepStrictEqual(
        sent.map(({ text, reply_markup }) => [text, reply_markup?.inline_keyboard.length]),
        [
          ["by query", undefined],
          ["by form", 1],
          ["by form", 1],
        ],
      )
      const withNulls = { chat_id: 100, text: "null", parse_mode: null, reply_markup: null }
      const json = { method: "POST", headers: { "content-type": "application/json" } }
      assert.strictEqual((yield* open(`${url}/sendMessage`, { ...json, body: JSON.stringify(withNulls) })).status, 200)
      assert.strictEqual((yield* open(`${url}/sendMessage?chat_id=100&text=a&entities=x`)).status, 400)
      assert.strictEqual((yield* open(`${url}/deleteWebhook?drop_pending_updates=True`)).status, 200)
      const broken = { method: "POST", body: "{", headers: { "content-type": "application/json" } }
      assert.strictEqual((yield* open(`${url}/sendMessage`, broken)).status, 400)
    }),
  )

  it.effect("a message is returned as Telegram returns it, and kept", () =>
    Effect.gen(function* () {
      const [bot, standIn] = [yield* Bot.Bot, yield* StandIn]
      const chatId = yield* started(101)
      yield* standIn.send({ chatId, text: "hi", from: { first_name: "Ada", username: "ada" } })
      yield* TestClock.setTime(90_500)
      const text = "👋 <b>Hello &lt;Ada&gt;</b>, see /help"
      const message = yield* bot.call((api) =>
        api.sendMessage(chatId, text, { ...html, reply_markup: button("Go", "go") }),
      )
      const { message_id: id, ...rest } = message
      assert.isAbove(id, 0)
      assert.deepStrictEqual<unknown>(rest, {
        from: { id: 4242, is_bot: true, first_name: "Concierge", username: "concierge_bot" },
        chat: { id: chatId, type: "private", first_name: "Ada", username: "ada" },
        date: 90,
        text: "👋 Hello <Ada>, see /help",
        entities: [
          { type: "bold", offset: 3, length: 11 },
          { type: "bot_command", offset: 20, length: 5 },
        ],
        reply_markup: button("Go", "go"),
      })
      assert.deepStrictEqual<unknown>(yield* standIn.messages(chatId), [message])
      const overHttp = yield* open(`${bot.url}/sandbox/chats/${chatId}/messages`)
      assert.deepStrictEqual(JSON.parse(new TextDecoder().decode(overHttp.bytes)), [message])
    }),
  )

  it.effect("a message can be edited and deleted", () =>
    Effect.gen(function* () {
      const [bot, standIn] = [yield* Bot.Bot, yield* StandIn]
      const chatId = yield* started(107)
      const { message_id: id } = yield* bot.call((api) =>
        api.sendMessage(chatId, "<i>one</i>", { ...html, reply_markup: button("Go", "go") }),
      )
      const edit = (text: string, data: string) => (api: Api) =>
        api.editMessageText(chatId, id, text, { ...html, reply_markup: button("Go", data) })
      assert.match(yield* bot.refusal(edit("<i>one</i>", "go")), /^400 Bad Request: message is not modified/)
      yield* bot.call(edit("two", "go"))
      assert.deepInclude((yield* standIn.messages(chatId))[0], { text: "two" })
      yield* bot.call((api) => api.editMessageReplyMarkup(chatId, id))
      assert.isUndefined((yield* standIn.messages(chatId))[0]?.reply_markup)
      assert.match(yield* bot.refusal((api) => api.editMessageReplyMarkup(chatId, id)), /message is not modified/)
      yield* bot.call((api) => api.deleteMessage(chatId, id))
      assert.deepStrictEqual(yield* standIn.messages(chatId), [])
      assert.strictEqual(yield* bot.refusal(edit("three", "go")), "400 Bad Request: message to edit not found")
      const again = (api: Api) => api.deleteMessage(chatId, id)
      assert.strictEqual(yield* bot.refusal(again), "400 Bad Request: message to delete not found")
    }),
  )

  it.effect("a tap is answered once, within 150 seconds", () =>
    Effect.gen(function* () {
      const [bot, standIn] = [yield* Bot.Bot, yield* StandIn]
      const chatId = yield* started(108)
      const answer = (id: string) => (api: Api) => api.answerCallbackQuery(id, { text: "Done", show_alert: true })
      const tooOld = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
      yield* standIn.send({ chatId, callbackData: "go" })
      yield* standIn.send({ chatId, callbackData: "late" })
      const [first, second] = (yield* standIn.taps(chatId)).toSorted((one, other) => (one.data < other.data ? -1 : 1))
      yield* bot.call(answer(first?.id ?? ""))
      assert.strictEqual(yield* bot.refusal(answer(first?.id ?? "")), tooOld)
      assert.strictEqual(yield* bot.refusal(answer("12345")), tooOld)
      yield* TestClock.adjust("150 seconds")
      assert.strictEqual(yield* bot.refusal(answer(second?.id ?? "")), tooOld)
      const answers = (yield* standIn.taps(chatId)).map((tap) => tap.answer)
      assert.sameDeepMembers(answers, [{ text: "Done", show_alert: true }, undefined])
    }),
  )

  it.effect("commands are kept for each language", () =>
    Effect.gen(function* () {
      const bot = yield* Bot.Bot
      const help = [{ command: "help", description: "Help" }]
      const ayuda = [{ command: "help", description: "Ayuda" }]
      yield* bot.call((api) => api.setMyCommands(help))
      yield* bot.call((api) => api.setMyCommands(ayuda, { language_code: "es" }))
      assert.deepStrictEqual(yield* bot.call((api) => api.getMyCommands()), help)
      assert.deepStrictEqual(yield* bot.call((api) => api.getMyCommands({ language_code: "es" })), ayuda)
      yield* bot.call((api) => api.deleteMyCommands({ language_code: "es" }))
      assert.deepStrictEqual(yield* bot.call((api) => api.getMyCommands({ language_code: "es" })), [])
      const wrong = (api: Api) => api.setMyCommands([{ command: "No Good", description: "x" }])
      assert.strictEqual(yield* bot.refusal(wrong), "400 Bad Request: BOT_COMMAND_INVALID")
    }),
  )

  it.effect("sendChatAction checks the chat and the action", () =>
    Effect.gen(function* () {
      const bot = yield* Bot.Bot
      const chatId = yield* started(109)
      assert.isTrue(yield* bot.call((api) => api.sendChatAction(chatId, "upload_video")))
      assert.strictEqual(
        yield* bot.refusal((api) => api.sendChatAction(7, "typing")),
        "400 Bad Request: chat not found",
      )
      const error = yield* Effect.flip(bot.call((api) => api.raw.sendChatAction(JSON.parse(`{"chat_id":109}`))))
      assert.instanceOf(error, GrammyError)
      assert.strictEqual(error.description, "Bad Request: wrong parameter action in request")
    }),
  )
})
