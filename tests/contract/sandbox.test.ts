import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { StandIn } from "../../packages/local/telegram/StandIn.ts"
import * as Bot from "../fixtures/telegram/bot.ts"
import { open } from "./fixtures/http.ts"

const send = Effect.fnUntraced(function* (act: unknown) {
  const { url } = yield* Bot.Bot
  const { status, bytes } = yield* open(`${url}/sandbox/send`, { method: "POST", body: JSON.stringify(act) })
  return { status, body: JSON.parse(new TextDecoder().decode(bytes)) }
})

const nextUpdate = Effect.fnUntraced(function* () {
  const bot = yield* Bot.Bot
  const [update] = yield* bot.call((api) => api.getUpdates({ offset: -1 }))
  return update
})

layer(Bot.layer())("a person in the sandbox", (it) => {
  it.effect("writes, taps, edits, blocks", () =>
    Effect.gen(function* () {
      const bot = yield* Bot.Bot
      const chatId = 500
      const { body } = yield* send({ chatId, text: "/start", from: { first_name: "Ñandú", language_code: "es" } })
      const start = yield* nextUpdate()
      assert.deepStrictEqual(body, { ok: true, updateId: start?.update_id })
      assert.deepInclude(start?.message?.from, { first_name: "Ñandú", language_code: "es" })
      const keyboard = (data: string) => ({ inline_keyboard: [[{ text: "Go", callback_data: data }]] })
      const first = yield* bot.call((api) => api.sendMessage(chatId, "1", { reply_markup: keyboard("one") }))
      yield* bot.call((api) => api.sendMessage(chatId, "2", { reply_markup: keyboard("two") }))
      yield* send({ chatId, callbackData: "one" })
      const tap = (yield* nextUpdate())?.callback_query
      assert.deepInclude(tap, { data: "one", message: first })
      assert.deepInclude(tap?.from, { first_name: "Ñandú" })
      yield* send({ chatId, callbackData: "one", messageId: 999_999 })
      assert.deepInclude((yield* nextUpdate())?.callback_query?.message, {
        message_id: 999_999,
        date: 0,
        chat: first.chat,
      })
      yield* send({ chatId, editedText: "/help" })
      const edited = (yield* nextUpdate())?.edited_message
      assert.deepStrictEqual([edited?.text, edited?.message_id], ["/help", start?.message?.message_id])
      yield* send({ chatId, membership: "kicked" })
      const change = (yield* nextUpdate())?.my_chat_member
      assert.deepInclude(change?.new_chat_member, { status: "kicked" })
      assert.deepInclude(change?.old_chat_member, { status: "member" })
      assert.deepInclude(change?.new_chat_member.user, { username: "concierge_bot" })
      const history = yield* open(`${bot.url}/sandbox/chats/${chatId}/history`)
      assert.strictEqual(JSON.parse(new TextDecoder().decode(history.bytes)).length, 3)
      const taps = yield* open(`${bot.url}/sandbox/chats/${chatId}/taps`)
      assert.strictEqual(JSON.parse(new TextDecoder().decode(taps.bytes)).length, 2)
    }),
  )

  it.effect("writes in a group under their own name", () =>
    Effect.gen(function* () {
      const standIn = yield* StandIn
      yield* send({ chatId: -1_000_000_000_501, fromId: 501, text: "/start@concierge_bot x" })
      const message = (yield* nextUpdate())?.message
      assert.deepInclude(message?.chat, { id: -1_000_000_000_501, type: "supergroup" })
      assert.deepInclude(message?.from, { id: 501, first_name: "Visitor", language_code: "en" })
      assert.deepStrictEqual<unknown>(message?.entities, [{ type: "bot_command", offset: 0, length: 20 }])
      assert.deepStrictEqual(yield* standIn.messages(501), [])
    }),
  )

  it.effect.each<readonly [unknown, string]>([
    [{ chatId: -5, text: "x" }, "a group (chatId < 0) needs fromId"],
    [{ chatId: 5, fromId: 6, text: "x" }, "a private chat has the id of its person"],
    [{ chatId: 502, editedText: "x" }, "there is no message to edit"],
    [{ chatId: 0, text: "x" }, "this is not something that a person does"],
    [{ chatId: 5, text: "" }, "this is not something that a person does"],
    [{ chatId: 5 }, "this is not something that a person does"],
    ["nothing", "this is not something that a person does"],
  ])("is told what is wrong with %j", ([act, problem]) =>
    Effect.gen(function* () {
      const { status, body } = yield* send(act)
      assert.strictEqual(status, 400)
      assert.strictEqual(body.error.split(": ")[0], problem)
      assert.include(body.error, "{chatId, text}")
    }),
  )

  it.effect.each<readonly [path: string, body: object, unknown: string, known: string]>([
    ["send", { chatId: 503, text: "x", fromid: 503 }, "fromid", "fromId"],
    ["send", { chatId: 503, text: "x", from: { firstName: "Ana" } }, "from.firstName", "first_name"],
    ["updates", { chatId: 503, kind: "poll", payload: { id: "1" }, Kind: "x" }, "Kind", "kind"],
    ["limits", { perSecnd: 30 }, "perSecnd", "perSecond"],
    ["limits", { perSecond: 30, Model: "bot", toString: 1 }, "Model, toString", "model"],
    ["faults", { method: "*", times: 1, fault: { _tag: "Slow", millis: 5, seconds: 1 } }, "fault.seconds", "millis"],
  ])("is told of a field that is not known, and nothing is done: %s %j", ([path, body, unknown, known]) =>
    Effect.gen(function* () {
      const [{ url }, { faults, limits }] = [yield* Bot.Bot, yield* StandIn]
      limits.set({ perSecond: 1, remembers: true })
      yield* Effect.addFinalizer(() => Effect.sync(() => limits.set({})))
      const before = yield* nextUpdate()
      const answer = yield* open(`${url}/sandbox/${path}`, { method: "POST", body: JSON.stringify(body) })
      const { error } = JSON.parse(new TextDecoder().decode(answer.bytes))
      assert.strictEqual(answer.status, 400)
      assert.match(error, new RegExp(`^there is no ${unknown}: `))
      assert.include(error, known)
      assert.deepStrictEqual(yield* nextUpdate(), before)
      assert.deepStrictEqual(faults.list(), [])
      const refusals = yield* Effect.forEach([1, 2], (chat_id) =>
        limits.refusal("sendMessage", { values: { chat_id }, uploads: new Map() }),
      )
      assert.isDefined(refusals[1])
    }).pipe(Effect.scoped),
  )

  it.effect("must name a chat by a number", () =>
    Effect.gen(function* () {
      const { url } = yield* Bot.Bot
      assert.strictEqual((yield* open(`${url}/sandbox/chats/me/messages`)).status, 400)
    }),
  )

  it.effect("can be sent updates of any kind", () =>
    Effect.gen(function* () {
      const updateId = yield* (yield* StandIn).update("poll", { id: "1" }, "polls")
      assert.deepStrictEqual<unknown>(yield* nextUpdate(), { update_id: updateId, poll: { id: "1" } })
    }),
  )

  it.effect("is met when somebody else's update tells of them, and stays as they are when they were met before", () =>
    Effect.gen(function* () {
      const [bot, standIn] = [yield* Bot.Bot, yield* StandIn]
      const refusal = (chatId: number) => bot.refusal((api) => api.sendMessage(chatId, "x"))
      const from = (id: number) => ({ id, is_bot: false, first_name: "Ana" })
      const tell = (update: object) => standIn.acquaint(JSON.stringify({ update_id: 1, ...update }))
      const chat = (id: number) => ({ id, type: "private" })
      yield* tell({ message: { chat: chat(511), from: from(511), text: "/start" } })
      yield* tell({ callback_query: { id: "1", from: from(512), data: "x" } })
      yield* tell({ message: { chat: { id: -513, type: "group" }, from: from(513), text: "hello" } })
      for (const id of [511, 512, -513]) yield* bot.call((api) => api.sendMessage(id, "x"))
      assert.match(yield* refusal(513), /^403 Forbidden: bot can't initiate/)
      yield* tell({ message: { chat: chat(514), from: from(515), text: "/start" } })
      yield* tell({ message: { chat: chat(514), from: { ...from(514), first_name: 1 } } })
      yield* tell({ poll: { id: "1" } })
      yield* standIn.acquaint("no JSON")
      assert.strictEqual(yield* refusal(514), "400 Bad Request: chat not found")
      yield* send({ chatId: 511, membership: "kicked" })
      yield* tell({ message: { chat: chat(511), from: from(511), text: "/start" } })
      assert.strictEqual(yield* refusal(511), "403 Forbidden: bot was blocked by the user")
    }),
  )
})
