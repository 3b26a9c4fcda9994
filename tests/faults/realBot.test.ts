import { assert, describe, it } from "@effect/vitest"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Predicate from "effect/Predicate"
import * as TestClock from "effect/testing/TestClock"
import { Connection } from "../../packages/local/bot/Connection.ts"
import { RealBot } from "../../packages/local/bot/RealBot.ts"
import { StandIn } from "../../packages/local/telegram/StandIn.ts"
import { realBotLayer, Stage } from "../layers/realBot.ts"

const [chatId, url] = [700, "https://bot.example/telegram/webhook/of-a-secret-path"]

const call = (method: string, values: object = {}) =>
  StandIn.use((standIn) => standIn.call(method, { values: { ...values }, uploads: new Map() }))

const says = (text: string) => StandIn.use((standIn) => standIn.send({ chatId, text }))

const pending = StandIn.use(({ counters }) => Effect.map(counters, ({ pending }) => pending))

const serving = RealBot.use(({ serve }) => Effect.forkChild(serve, { startImmediately: true })).pipe(
  Effect.tap(TestClock.adjust("1 millis")),
)

/** What its owner is told when it cannot be served. */
const problem = Effect.map(Effect.flip(RealBot.use(({ serve }) => serve)), ({ advice }) => advice)

const inStage = <A, E>(
  test: Effect.Effect<A, E, Effect.Services<ReturnType<typeof call>> | RealBot | Stage | Connection>,
) => Effect.provide(test, realBotLayer)

const webhook = Effect.map(call("getWebhookInfo"), (info) =>
  Predicate.isObject(info) ? { ...info, pending_update_count: undefined } : {},
)

describe("the real bot", () => {
  it.effect("takes in what people do, in order, and what has waited for it", () =>
    Effect.gen(function* () {
      const [stage, connection] = [yield* Stage, yield* Connection]
      const before = [yield* says("one"), yield* says("two")]
      const fiber = yield* serving
      assert.deepStrictEqual(stage.queued, before)
      const third = yield* says("three")
      yield* TestClock.adjust("1 seconds")
      assert.deepStrictEqual(stage.queued, [...before, third])
      assert.deepInclude(yield* connection.standing, { is: "polling", username: "concierge_bot" })
      const polls = stage.calls.filter(({ method }) => method === "getUpdates")
      assert.deepInclude(polls[0]?.params, {
        allowed_updates: ["message", "edited_message", "callback_query", "my_chat_member"],
      })
      yield* Fiber.interrupt(fiber)
      assert.strictEqual(yield* pending, 0)
      assert.deepStrictEqual(stage.lines, ["Polling for @concierge_bot."])
    }).pipe(inStage),
  )

  it.effect("has Telegram show its commands and descriptions, and what is so already it leaves alone", () =>
    Effect.gen(function* () {
      const { calls } = yield* Stage
      const set = () => calls.filter(({ method }) => method.startsWith("set")).map(({ method }) => method)
      const fiber = yield* serving
      assert.deepStrictEqual(set(), ["setMyCommands", "setMyDescription"])
      assert.deepStrictEqual(yield* call("getMyDescription", { language_code: "" }), { description: "It greets you." })
      yield* Fiber.interrupt(fiber)
      yield* Fiber.interrupt(yield* serving)
      assert.strictEqual(set().length, 2)
    }).pipe(inStage),
  )

  it.effect("tells Telegram that it has an update only when the queue has it", () =>
    Effect.gen(function* () {
      const stage = yield* Stage
      stage.isQueueFull = true
      const fiber = yield* serving
      const update = yield* says("kept")
      yield* TestClock.adjust("2 minutes")
      assert.deepStrictEqual([stage.queued, yield* pending], [[], 1])
      stage.isQueueFull = false
      yield* TestClock.adjust("5 seconds")
      assert.deepStrictEqual([stage.queued, yield* pending], [[update], 0])
      stage.isQueueFull = true
      yield* says("left to the next")
      yield* TestClock.adjust("10 seconds")
      yield* Fiber.interrupt(fiber)
      assert.strictEqual(yield* pending, 1)
    }).pipe(inStage),
  )

  it.effect("says in one line that the token is wrong", () =>
    Effect.gen(function* () {
      yield* StandIn.use((standIn) =>
        standIn.inject({
          method: "getMe",
          times: 1,
          fault: { _tag: "Refuse", status: 401, description: "Unauthorized" },
        }),
      )
      assert.match(yield* problem, /^TELEGRAM_BOT_TOKEN is not a token that Telegram knows \(401\): .*@BotFather/)
    }).pipe(inStage),
  )

  it.effect("says once that another program polls, and goes on when it has stopped", () =>
    Effect.gen(function* () {
      const stage = yield* Stage
      yield* serving
      for (let times = 0; times < 3; times++) {
        yield* call("getUpdates")
        yield* TestClock.adjust("5 seconds")
      }
      const update = yield* says("after it")
      yield* TestClock.adjust("5 seconds")
      assert.deepStrictEqual(stage.queued, [update])
      const said = stage.lines.filter((line) => /^Another program polls for this bot \(409\)/.test(line))
      assert.isAbove(said.length, 0)
      assert.strictEqual(stage.lines.at(-1), "Telegram answers again.")
    }).pipe(inStage),
  )

  it.effect("says once that somebody has set a webhook, and goes on when it is gone", () =>
    Effect.gen(function* () {
      const stage = yield* Stage
      yield* serving
      yield* call("setWebhook", { url: "https://127.0.0.1:1/" })
      yield* TestClock.adjust("5 minutes")
      assert.strictEqual(stage.lines.filter((line) => /^A webhook was set for this bot .*\(409\)/.test(line)).length, 1)
      yield* call("deleteWebhook")
      const update = yield* says("after it")
      yield* TestClock.adjust("30 seconds")
      assert.deepStrictEqual(stage.queued, [update])
      assert.strictEqual(stage.lines.at(-1), "Telegram answers again.")
    }).pipe(inStage),
  )

  it.effect("lives through a network that goes away and comes back, saying so once", () =>
    Effect.gen(function* () {
      const stage = yield* Stage
      stage.unreachable = "ENOTFOUND"
      yield* serving
      yield* TestClock.adjust("1 hours")
      const update = yield* says("meanwhile")
      stage.unreachable = undefined
      yield* TestClock.adjust("30 seconds")
      assert.deepStrictEqual(stage.queued, [update])
      const tried = stage.calls.length
      stage.unreachable = "CERT_NOT_YET_VALID"
      yield* says("unseen")
      yield* TestClock.adjust("30 seconds")
      assert.isBelow(stage.calls.length - tried, 8)
      assert.deepStrictEqual(stage.lines.slice(0, 3), [
        "Telegram cannot be reached (ENOTFOUND). Trying again until it can.",
        "Polling for @concierge_bot.",
        "Telegram answers again.",
      ])
      assert.match(
        stage.lines[3] ?? "",
        /^Telegram's certificate is not valid at \d{4}-.*is this machine's clock right\?$/,
      )
    }).pipe(inStage),
  )

  it.effect("waits as long as Telegram asks for", () =>
    Effect.gen(function* () {
      const stage = yield* Stage
      const fault = { _tag: "Refuse", status: 429, description: "Too Many Requests", retryAfter: 60 } as const
      yield* StandIn.use((standIn) => standIn.inject({ method: "getUpdates", times: 1, fault }))
      yield* serving
      const update = yield* says("patience")
      yield* TestClock.adjust("59 seconds")
      assert.deepStrictEqual(stage.queued, [])
      yield* TestClock.adjust("1 seconds")
      assert.deepStrictEqual(stage.queued, [update])
    }).pipe(inStage),
  )

  it.effect.each([
    [-600_000, /^This machine's clock is 600 s ahead of Telegram's: set it/],
    [120_000, /^This machine's clock is 120 s behind Telegram's: set it/],
  ] as const)("says once that the clock is off, by %i ms", ([ahead, words]) =>
    Effect.gen(function* () {
      const stage = yield* Stage
      stage.ahead = ahead
      yield* serving
      yield* TestClock.adjust("10 minutes")
      assert.match(stage.lines[0] ?? "", words)
      assert.strictEqual(stage.lines.length, 2)
    }).pipe(inStage),
  )

  it.effect("says nothing of earlier updates after a quiet week: Telegram counts anew from anywhere", () =>
    Effect.gen(function* () {
      const stage = yield* Stage
      yield* serving
      const update = yield* says("one")
      const later = Effect.fnUntraced(function* (days: number) {
        yield* stage.gate.close
        yield* TestClock.adjust(Duration.days(days))
        yield* stage.gate.open
        yield* TestClock.adjust("1 minutes")
        return stage.calls.at(-1)?.params
      })
      assert.deepInclude(yield* later(5), { offset: update + 1 })
      assert.notProperty(yield* later(2), "offset")
    }).pipe(inStage),
  )

  describe("with a webhook elsewhere", () => {
    const deployed = Effect.andThen(
      call("setWebhook", { url, secret_token: "deployed-secret", max_connections: 12, allowed_updates: ["message"] }),
      webhook,
    )

    it.effect("takes nothing away that it may not, and says how it may", () =>
      Effect.gen(function* () {
        const [stage, before] = [yield* Stage, yield* deployed]
        stage.mayTake = false
        const refusal = yield* problem
        assert.match(refusal, /^This bot has a webhook at https:\/\/bot\.example, .*npm start -- --take-over/)
        assert.notInclude(refusal, "secret-path")
        stage.mayTake = true
        stage.secret = undefined
        assert.match(yield* problem, /TELEGRAM_WEBHOOK_SECRET .*--no-secret/)
        assert.deepStrictEqual(yield* webhook, before)
      }).pipe(inStage),
    )

    it.effect("takes it away when it may, and puts it back as it was, with what was not taken in", () =>
      Effect.gen(function* () {
        const [stage, before] = [yield* Stage, yield* deployed]
        const fiber = yield* serving
        const update = yield* says("to us")
        yield* TestClock.adjust("1 seconds")
        assert.deepStrictEqual(stage.queued, [update])
        assert.deepInclude(yield* webhook, { url: "" })
        stage.isQueueFull = true
        yield* says("to the webhook")
        yield* TestClock.adjust("1 seconds")
        yield* Fiber.interrupt(fiber)
        assert.deepStrictEqual(yield* webhook, before)
        assert.deepInclude(stage.calls.at(-1)?.params, { secret_token: "deployed-secret" })
        assert.deepStrictEqual([stage.taken, yield* pending], [undefined, 1])
        assert.strictEqual(stage.lines.at(-1), "The bot's webhook at https://bot.example is put back.")
      }).pipe(inStage),
    )

    it.effect("puts back what a process that was killed took away, and nothing over another one", () =>
      Effect.gen(function* () {
        const stage = yield* Stage
        stage.taken = { url, allowed_updates: [] }
        yield* Fiber.interrupt(yield* serving)
        assert.deepInclude(yield* webhook, { url })
        const fiber = yield* serving
        // With something taken in, which it cannot confirm beside a webhook.
        yield* says("to us")
        yield* TestClock.adjust("1 seconds")
        yield* call("setWebhook", { url: "https://other.example/" })
        yield* Fiber.interrupt(fiber)
        assert.deepInclude(yield* webhook, { url: "https://other.example/" })
        assert.strictEqual(stage.lines.at(-1), "Another webhook has been set; that one stays.")
        assert.isUndefined(stage.taken)
      }).pipe(inStage),
    )

    it.effect("says loudly when it could not be put back, and keeps it for the next time", () =>
      Effect.gen(function* () {
        const [stage] = [yield* Stage, yield* deployed]
        const fiber = yield* serving
        stage.unreachable = "ENETUNREACH"
        assert.isTrue(Exit.hasInterrupts(yield* Effect.exit(Effect.andThen(Fiber.interrupt(fiber), Fiber.join(fiber)))))
        assert.match(stage.lines.at(-1) ?? "", /NOT put back.*taken-webhook\.json/)
        assert.isDefined(stage.taken)
      }).pipe(inStage),
    )
  })
})
