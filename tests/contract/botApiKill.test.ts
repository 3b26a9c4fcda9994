import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { HttpError } from "grammy"
import { StandIn } from "../../packages/local/telegram/StandIn.ts"
import * as Bot from "../fixtures/telegram/bot.ts"
import { open } from "./fixtures/http.ts"

let killed = 0

layer(Bot.layer({ kill: Effect.sync(() => void killed++) }))("who calls can be killed", (it) => {
  it.effect("now, or when the message is in the chat and nobody was told", () =>
    Effect.gen(function* () {
      const [{ api, url }, standIn] = [yield* Bot.Bot, yield* StandIn]
      yield* standIn.send({ chatId: 603, text: "/start" })
      yield* standIn.inject({ method: "send*", fault: { _tag: "Kill" }, times: 1 })
      const sent = Effect.tryPromise({ try: () => api.sendMessage(603, "x"), catch: (error) => error })
      assert.instanceOf(yield* Effect.flip(sent), HttpError)
      assert.deepStrictEqual([killed, (yield* standIn.messages(603)).length], [1, 1])
      yield* open(`${url}/sandbox/kill`, { method: "POST" })
      assert.strictEqual(killed, 2)
    }),
  )
})
