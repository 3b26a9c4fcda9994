import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import type { LimitOptions } from "../../packages/local/telegram/judge.ts"
import * as StandIn from "../../packages/local/telegram/StandIn.ts"
import { options } from "../fixtures/telegram/bot.ts"

/** Seconds that each call is told to wait, 0 where it is taken. */
const asked = Effect.fnUntraced(function* (chatIds: ReadonlyArray<number>, method = "sendMessage") {
  const { limits } = yield* StandIn.StandIn
  return yield* Effect.forEach(chatIds, (chat_id) =>
    Effect.map(limits.refusal(method, { values: { chat_id }, uploads: new Map() }), (error) =>
      error?.reason._tag === "Injected" ? error.reason.retryAfter : 0,
    ),
  )
})

const limitedTo = (limits: LimitOptions) => Effect.map(StandIn.StandIn, (standIn) => standIn.limits.set(limits))

const chats = (many: number, first = 1) => Array.from({ length: many }, (_, index) => first + index)

layer(StandIn.layer(options))("Telegram's limits", (it) => {
  it.effect("are none unless they are asked for", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(new Set(yield* asked([1, ...chats(200), 1, 1, 1])), new Set([0]))
    }),
  )

  it.effect("the bot's: a burst, then so many a second, whichever the chats", () =>
    Effect.gen(function* () {
      yield* limitedTo({ perSecond: 5, burst: 10, retryAfter: 7 })
      assert.deepStrictEqual(yield* asked(chats(12)), [...Array(10).fill(0), 7, 7])
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(yield* asked(chats(6)), [...Array(5).fill(0), 7])
      assert.deepStrictEqual((yield* StandIn.StandIn).limits.counts(), { taken: 15, refused: 3 })
    }),
  )

  it.effect.each([{ perSecond: 0.5 }, { methods: { sendMessage: 0.5 } }, { perSecond: 0.5, burst: 0.5 }])(
    "of less than one a second take one all the same, and the next when its time has come: %j",
    (limits) =>
      Effect.gen(function* () {
        yield* limitedTo({ ...limits, retryAfter: 2 })
        assert.deepStrictEqual(yield* asked([1, 2]), [0, 2])
        yield* TestClock.adjust("2 seconds")
        assert.deepStrictEqual(yield* asked([3, 4]), [0, 2])
      }),
  )

  it.effect("of nothing but messages", () =>
    Effect.gen(function* () {
      yield* limitedTo({ perSecond: 1 })
      assert.deepStrictEqual(yield* asked([1, 2, 3], "answerCallbackQuery"), [0, 0, 0])
      assert.deepStrictEqual(yield* asked([1, 2, 3], "sendChatAction"), [0, 0, 0])
      assert.deepStrictEqual(yield* asked([1, 2], "SENDVIDEO"), [0, 5])
    }),
  )

  it.effect("a refusal may silence the bot, longer for who goes on calling", () =>
    Effect.gen(function* () {
      yield* limitedTo({ perSecond: 1, model: "bot" })
      assert.deepStrictEqual(yield* asked([1, 2]), [0, 5])
      yield* TestClock.adjust("4 seconds")
      assert.deepStrictEqual(yield* asked([3]), [1])
      const ignored = yield* asked(chats(49))
      assert.strictEqual(ignored.at(-1), 10)
      yield* TestClock.adjust("10 seconds")
      assert.deepStrictEqual(yield* asked([1]), [0])
      assert.deepStrictEqual(yield* asked([1]), [10])
    }),
  )

  it.effect("refusals may count like what is taken", () =>
    Effect.gen(function* () {
      yield* limitedTo({ perSecond: 2, refusalsCount: true })
      yield* asked(chats(4))
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(yield* asked([1]), [5])
    }),
  )

  it.effect("a chat's: one a second, three at once; a group's: 20 a minute", () =>
    Effect.gen(function* () {
      yield* limitedTo({ chats: true })
      assert.deepStrictEqual(yield* asked([1, 1, 1, 1, 2]), [0, 0, 0, 1, 0])
      assert.deepStrictEqual(yield* asked(Array(21).fill(-5)), [...Array(20).fill(0), 3])
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(yield* asked([1, 1]), [0, 1])
    }),
  )

  it.effect("a method's own leaves the others alone", () =>
    Effect.gen(function* () {
      yield* limitedTo({ methods: { sendVideo: 1 / 3600 } })
      assert.deepStrictEqual(yield* asked([1], "sendVoice"), [0])
      const [first, wait = 0] = yield* asked([1, 1], "sendVideo")
      assert.strictEqual(first, 0)
      assert.isAbove(wait, 3_000)
    }),
  )
})
