import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { StandIn } from "../../packages/local/telegram/StandIn.ts"
import * as Bot from "../fixtures/telegram/bot.ts"

const confetti = "5046509860389126442"

const started = Effect.fnUntraced(function* (chatId: number) {
  yield* (yield* StandIn).send({ chatId, text: "/start", ...(chatId < 0 && { fromId: 5 }) })
  return chatId
})

layer(Bot.layer())("how the stand-in Telegram shows a message", (it) => {
  it.effect("with an effect in a private chat, and with no other than it has", () =>
    Effect.gen(function* () {
      const bot = yield* Bot.Bot
      const [person, group] = [yield* started(301), yield* started(-301)]
      const send = (chatId: number, id: string) =>
        bot.call((api) => api.sendMessage(chatId, "x", { message_effect_id: id }))
      assert.strictEqual((yield* send(person, confetti)).effect_id, confetti)
      assert.notProperty(yield* send(person, "party"), "effect_id")
      const unknown = yield* bot.refusal((api) => api.sendMessage(person, "x", { message_effect_id: "1234" }))
      assert.strictEqual(unknown, "400 Bad Request: EFFECT_ID_INVALID")
      const elsewhere = yield* bot.refusal((api) => api.sendMessage(group, "x", { message_effect_id: confetti }))
      assert.match(elsewhere, /^400 Bad Request: can't use message effects/)
    }),
  )

  it.effect("protected, where it is to be", () =>
    Effect.gen(function* () {
      const bot = yield* Bot.Bot
      const chatId = yield* started(302)
      const sent = yield* bot.call((api) => api.sendMessage(chatId, "x", { protect_content: true }))
      assert.isTrue(sent.has_protected_content)
      assert.notProperty(yield* bot.call((api) => api.sendMessage(chatId, "x")), "has_protected_content")
    }),
  )

  it.effect("with buttons of the styles there are, and one that copies", () =>
    Effect.gen(function* () {
      const bot = yield* Bot.Bot
      const chatId = yield* started(303)
      const keyboard = (button: object) => ({
        chat_id: chatId,
        text: "x",
        reply_markup: { inline_keyboard: [[{ text: "Go", ...button }]] },
      })
      // Older types know no style: the wire does.
      const call = (button: object) =>
        bot.call((api) => api.raw.sendMessage(JSON.parse(JSON.stringify(keyboard(button)))))
      const refusal = (button: object) =>
        bot.refusal((api) => api.raw.sendMessage(JSON.parse(JSON.stringify(keyboard(button)))))
      const shown = (sent: Effect.Success<ReturnType<typeof call>>) => sent.reply_markup?.inline_keyboard[0]?.[0]
      for (const [style, seen] of [
        ["primary", { style: "primary" }],
        ["DANGER", { style: "danger" }],
        ["default", {}],
        ["", {}],
      ] as const) {
        const button = shown(yield* call({ callback_data: "go", style }))
        assert.deepStrictEqual<unknown>(button, { text: "Go", callback_data: "go", ...seen })
      }
      assert.match(yield* refusal({ callback_data: "go", style: "pink" }), /invalid button style specified$/)
      assert.deepInclude(shown(yield* call({ copy_text: { text: "MAREA" } })), { copy_text: { text: "MAREA" } })
      for (const text of ["", "x".repeat(257)]) {
        assert.strictEqual(yield* refusal({ copy_text: { text } }), "400 Bad Request: BUTTON_COPY_TEXT_INVALID")
      }
    }),
  )

  it.effect("after descriptions, a language each", () =>
    Effect.gen(function* () {
      const bot = yield* Bot.Bot
      yield* bot.call((api) => api.setMyDescription("Hello"))
      yield* bot.call((api) => api.setMyDescription("Hola", { language_code: "es" }))
      yield* bot.call((api) => api.setMyShortDescription("Hi"))
      const inLanguage = (language_code: "es" | "de") => bot.call((api) => api.getMyDescription({ language_code }))
      assert.deepStrictEqual(yield* bot.call((api) => api.getMyDescription()), { description: "Hello" })
      assert.deepStrictEqual(yield* inLanguage("es"), { description: "Hola" })
      assert.deepStrictEqual(yield* inLanguage("de"), { description: "" })
      assert.deepStrictEqual(yield* bot.call((api) => api.getMyShortDescription()), { short_description: "Hi" })
      yield* bot.call((api) => api.setMyName("Marea"))
      assert.deepStrictEqual(yield* bot.call((api) => api.getMyName()), { name: "Marea" })
      assert.match(yield* bot.refusal((api) => api.setMyName("x".repeat(65))), /^400/)
      assert.match(yield* bot.refusal((api) => api.setMyDescription("x".repeat(513))), /^400/)
      assert.match(yield* bot.refusal((api) => api.setMyShortDescription("x".repeat(121))), /^400/)
    }),
  )
})
