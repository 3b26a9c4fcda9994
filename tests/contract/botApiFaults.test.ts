import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/testing/TestClock"
import { type Api, HttpError } from "grammy"
import { internalError, tooManyRequests } from "../../packages/local/telegram/Fault.ts"
import { StandIn } from "../../packages/local/telegram/StandIn.ts"
import * as Bot from "../fixtures/telegram/bot.ts"
import { botToken } from "../fixtures/telegram/bot.ts"
import { open } from "./fixtures/http.ts"

layer(Bot.layer())("faults", (it) => {
  const sendMessage = (api: Api) => api.sendMessage(600, "x")

  it.effect("the next calls of a method are refused, then all is well", () =>
    Effect.gen(function* () {
      const [bot, standIn] = [yield* Bot.Bot, yield* StandIn]
      yield* standIn.send({ chatId: 600, text: "/start" })
      yield* standIn.inject({ method: "sendMessage", fault: tooManyRequests(7), times: 2 })
      yield* standIn.inject({ method: "sendMessage", fault: internalError, times: 1 })
      assert.strictEqual(standIn.faults.list().length, 2)
      yield* bot.call((api) => api.getMe())
      const error = yield* Effect.flip(bot.call(sendMessage))
      assert.deepInclude(error, { error_code: 429, description: "Too Many Requests: retry after 7" })
      assert.deepStrictEqual(error.parameters, { retry_after: 7 })
      yield* bot.refusal(sendMessage)
      assert.strictEqual(yield* bot.refusal(sendMessage), "500 Internal Server Error")
      assert.deepStrictEqual(yield* standIn.counters, { sent: 0, pending: 1 })
      yield* bot.call(sendMessage)
      assert.deepStrictEqual(yield* standIn.counters, { sent: 1, pending: 1 })
      yield* standIn.inject({ method: "*", fault: internalError, times: 9 })
      standIn.faults.clear()
      yield* bot.call((api) => api.getMe())
    }),
  )

  it.effect("a connection can be cut before the message is accepted, or after", () =>
    Effect.gen(function* () {
      const [{ api }, standIn] = [yield* Bot.Bot, yield* StandIn]
      const chatId = 601
      yield* standIn.send({ chatId, text: "/start" })
      const lost = Effect.flip(Effect.tryPromise({ try: () => api.sendMessage(chatId, "x"), catch: (error) => error }))
      yield* standIn.inject({ method: "sendMessage", fault: { _tag: "CutBefore" }, times: 1 })
      assert.instanceOf(yield* lost, HttpError)
      assert.deepStrictEqual(yield* standIn.messages(chatId), [])
      yield* standIn.inject({ method: "sendMessage", fault: { _tag: "CutAfter" }, times: 1 })
      assert.instanceOf(yield* lost, HttpError)
      assert.strictEqual((yield* standIn.messages(chatId)).length, 1)
    }),
  )

  it.effect("are asked for over HTTP, of one method or of all that send a message", () =>
    Effect.gen(function* () {
      const [{ api, call, refusal, url }, standIn] = [yield* Bot.Bot, yield* StandIn]
      const ask = (body: unknown) =>
        Effect.map(
          open(`${url}/sandbox/faults`, { method: "POST", body: JSON.stringify(body) }),
          ({ status }) => status,
        )
      yield* standIn.send({ chatId: 602, text: "/start" })
      const page = { method: "send*", times: 1, fault: { _tag: "Page", status: 502 } }
      assert.strictEqual(yield* ask(page), 200)
      yield* call(() => api.sendChatAction(602, "typing"))
      const { bytes, headers, status } = yield* open(`${url}/bot${botToken}/sendMessage?chat_id=602&text=x`)
      assert.deepStrictEqual([status, headers.get("content-type")?.split(";")[0]], [502, "text/html"])
      assert.include(new TextDecoder().decode(bytes), "<h1>502</h1>")
      assert.deepStrictEqual(yield* standIn.messages(602), [])
      // Nobody can be killed where nobody said how.
      assert.strictEqual(yield* ask({ ...page, fault: { _tag: "Kill" } }), 400)
      assert.strictEqual(yield* ask({ ...page, method: "send*Video" }), 400)
      assert.strictEqual(yield* ask({ ...page, method: "getMe" }), 200)
      yield* open(`${url}/sandbox/faults`, { method: "DELETE" })
      yield* call(() => api.getMe())
      assert.strictEqual(yield* refusal(() => api.sendMessage(602, "")), "400 Bad Request: message text is empty")
    }),
  )

  it.effect("done as asked, a call is answered late or never, where that is asked for over HTTP", () =>
    Effect.gen(function* () {
      const [{ url }, standIn] = [yield* Bot.Bot, yield* StandIn]
      const inject = (fault: object) =>
        open(`${url}/sandbox/faults`, {
          method: "POST",
          body: JSON.stringify({ method: "sendMessage", times: 1, fault }),
        })
      const say = (signal?: AbortSignal) =>
        open(`${url}/bot${botToken}/sendMessage?chat_id=603&text=x`, signal === undefined ? {} : { signal })
      const count = Effect.map(standIn.messages(603), ({ length }) => length)
      yield* standIn.send({ chatId: 603, text: "/start" })
      yield* inject({ _tag: "Slow", millis: 60 })
      const late = yield* Effect.forkChild(say(), { startImmediately: true })
      yield* Effect.repeat(open(`${url}/sandbox/chats/603/messages`), { while: () => standIn.faults.list().length > 0 })
      yield* Effect.repeat(Effect.andThen(TestClock.adjust("60 millis"), open(`${url}/sandbox/chats/603/messages`)), {
        while: () => late.pollUnsafe() === undefined,
      })
      assert.strictEqual((yield* Fiber.join(late)).status, 200)
      yield* inject({ _tag: "Lose" })
      const controller = new AbortController()
      const lost = yield* Effect.forkChild(Effect.exit(say(controller.signal)), { startImmediately: true })
      yield* Effect.repeat(Effect.andThen(open(`${url}/sandbox/chats/603/messages`), count), { while: (n) => n < 2 })
      assert.isUndefined(lost.pollUnsafe())
      assert.strictEqual((yield* say()).status, 200)
      assert.strictEqual(yield* count, 3)
      controller.abort()
      assert.isTrue(Exit.isFailure(yield* Fiber.join(lost)))
    }),
  )

  it.effect("a call can hang until its client gives up", () =>
    Effect.gen(function* () {
      const [{ url }, standIn] = [yield* Bot.Bot, yield* StandIn]
      yield* standIn.inject({ method: "getMe", fault: { _tag: "Hang" }, times: 1 })
      const getMe = (signal?: AbortSignal) =>
        open(`${url}/bot${botToken}/getMe`, signal === undefined ? {} : { signal })
      const controller = new AbortController()
      const hanging = yield* Effect.forkChild(Effect.exit(getMe(controller.signal)), { startImmediately: true })
      yield* Effect.repeat(open(`${url}/sandbox/chats/1/messages`), { while: () => standIn.faults.list().length > 0 })
      assert.strictEqual((yield* getMe()).status, 200)
      assert.isUndefined(hanging.pollUnsafe())
      controller.abort()
      assert.isTrue(Exit.isFailure(yield* Fiber.join(hanging)))
    }),
  )
})
