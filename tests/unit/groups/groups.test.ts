import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { copy } from "../../fixtures/copy.ts"
import { drain, drainVisible, nextBatch, receive, tell, workBatch } from "../../layers/drive.ts"
import { outcomeOf, queued, userCount } from "../../layers/seen.ts"
import {
  migrated,
  ok,
  rateLimited,
  rejected,
  slow,
  TelegramTest,
  unauthorized,
  unavailable,
  username,
} from "../../layers/telegram.ts"
import { inWorld } from "../../layers/testWorld.ts"
import { ofKind, saysInGroup, somebody, someGroup, tapsInGroup } from "../../layers/updates.ts"

const links = Effect.map(TelegramTest, (telegram) =>
  telegram
    .sends()
    .flatMap(({ message }) => message.buttons?.map((button) => ("url" in button ? button.url : "")) ?? []),
)

describe("in a group", () => {
  it.effect("/start to this bot is answered with a button to the private chat, payload and all", () =>
    Effect.gen(function* () {
      const group = someGroup()
      const ana = somebody({ language_code: "es" })
      const start = yield* saysInGroup(ana, group, "/start@Concierge_Test_Bot ref_summer24")
      yield* tell(Effect.succeed(start))
      const [answer] = (yield* TelegramTest).sends()
      assert.strictEqual(answer?.message.chatId, group)
      assert.strictEqual(answer?.message.html, copy.es.group.text)
      assert.deepStrictEqual(answer?.message.buttons, [
        { text: copy.es.group.button, url: `https://t.me/${username}?start=ref_summer24` },
      ])
      assert.strictEqual(yield* outcomeOf(start), "applied")
      assert.strictEqual(yield* userCount, 0)
    }).pipe(inWorld),
  )

  it.effect.each(["/start@another_bot", "/start", "/restart@concierge_test_bot", "hello", "start@concierge_test_bot"])(
    "nothing else is answered: %s",
    (text) =>
      Effect.gen(function* () {
        const update = yield* saysInGroup(somebody(), someGroup(), text)
        yield* tell(Effect.succeed(update))
        assert.isEmpty(yield* links)
        assert.strictEqual(yield* outcomeOf(update), "ignored: group")
        assert.strictEqual(yield* userCount, 0)
      }).pipe(inWorld),
  )

  it.effect("that has become a supergroup meanwhile is answered where it is now", () =>
    Effect.gen(function* () {
      const [group, supergroup] = [someGroup(), -1_001_234_567_890]
      const telegram = yield* TelegramTest
      telegram.script.push(migrated(supergroup))
      const start = yield* saysInGroup(somebody(), group, `/start@${username} ref_a`)
      yield* tell(Effect.succeed(start))
      const [before, after, ...more] = telegram.sends().map(({ message }) => message)
      assert.isEmpty(more)
      assert.strictEqual(before?.chatId, group)
      assert.deepStrictEqual(after, { ...before, chatId: supergroup })
      assert.strictEqual(yield* outcomeOf(start), "applied")
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
    }).pipe(inWorld),
  )

  it.effect("an edited /start is not answered", () =>
    Effect.gen(function* () {
      const { message, update_id } = yield* saysInGroup(somebody(), someGroup(), `/start@${username}`)
      yield* tell(Effect.succeed({ update_id, edited_message: { ...message, edit_date: message.date } }))
      assert.isEmpty(yield* links)
    }).pipe(inWorld),
  )

  it.effect("an answer comes at most once a minute a group", () =>
    Effect.gen(function* () {
      const [group, other] = [someGroup(), someGroup()]
      const [one, two, three] = [somebody(), somebody(), somebody()]
      yield* tell(saysInGroup(one, group, `/start@${username} a`))
      const again = yield* saysInGroup(two, group, `/start@${username} b`)
      yield* tell(Effect.succeed(again), saysInGroup(three, other, `/start@${username} c`))
      assert.strictEqual(yield* outcomeOf(again), "ignored: throttled")
      assert.lengthOf(yield* links, 2)
      yield* TestClock.adjust("1 minute")
      yield* tell(saysInGroup(two, group, `/start@${username} d`))
      assert.deepStrictEqual(
        (yield* links).map((link) => link.split("=")[1]),
        ["a", "c", "d"],
      )
    }).pipe(inWorld),
  )

  it.effect("a redelivered /start is not answered again, not even after the minute", () =>
    Effect.gen(function* () {
      const start = yield* saysInGroup(somebody(), someGroup(), `/start@${username}`)
      yield* tell(Effect.succeed(start), Effect.succeed(start))
      yield* TestClock.adjust("20 hours")
      yield* tell(Effect.succeed(start))
      assert.lengthOf(yield* links, 1)
    }).pipe(inWorld),
  )

  it.effect.each(["x".repeat(65), "a=b", "=", "aGk===", "¡hola!", "<b>"])(
    "a payload that no link carries is left out: %s",
    (payload) =>
      Effect.gen(function* () {
        yield* tell(saysInGroup(somebody(), someGroup(), `/start@${username} ${payload}`))
        assert.deepStrictEqual(yield* links, [`https://t.me/${username}?start=`])
      }).pipe(inWorld),
  )

  it.effect.each(["YQ==", "YWI=", `${"x".repeat(64)}==`])("a payload goes on without its padding: %s", (payload) =>
    Effect.gen(function* () {
      yield* tell(saysInGroup(somebody(), someGroup(), `/start@${username} ${payload}`))
      assert.deepStrictEqual(yield* links, [`https://t.me/${username}?start=${payload.replaceAll("=", "")}`])
    }).pipe(inWorld),
  )

  it.effect("a limit of Telegram's is waited for in the queue", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.script.push(rateLimited(40))
      const start = yield* saysInGroup(somebody(), someGroup(), `/start@${username}`)
      yield* receive(start)
      yield* drainVisible
      assert.deepStrictEqual(yield* queued, { waiting: 1, dead: 0 })
      yield* drain
      assert.strictEqual(yield* outcomeOf(start), "applied")
      const [first, second] = telegram.sends()
      assert.isAtLeast((second?.at ?? 0) - (first?.at ?? 0), 40_000)
    }).pipe(inWorld),
  )

  it.effect("a group that takes no message ends it", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.script.push(rejected)
      const start = yield* saysInGroup(somebody(), someGroup(), `/start@${username}`)
      yield* tell(Effect.succeed(start))
      assert.strictEqual(yield* outcomeOf(start), "ignored: undeliverable")
    }).pipe(inWorld),
  )

  it.effect("while Telegram does not tell the bot's name, the update waits", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.always = (method) => (method === "getMe" ? unavailable : ok)
      const start = yield* saysInGroup(somebody(), someGroup(), `/start@${username}`)
      yield* receive(start)
      yield* drainVisible
      assert.isUndefined(yield* outcomeOf(start))
      assert.deepStrictEqual(yield* queued, { waiting: 1, dead: 0 })
      telegram.always = () => ok
      yield* drain
      assert.strictEqual(yield* outcomeOf(start), "applied")
    }).pipe(inWorld),
  )

  it.effect("while Telegram refuses the bot's token, the update waits", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.script.push(unauthorized, unauthorized)
      const start = yield* saysInGroup(somebody(), someGroup(), `/start@${username}`)
      yield* tell(Effect.succeed(start))
      assert.strictEqual(yield* outcomeOf(start), "applied")
      assert.lengthOf(yield* links, 3)
      assert.lengthOf(telegram.accepted(), 1)
    }).pipe(inWorld),
  )

  it.effect("no answer is begun that could outlive the invocation: it goes back as a copy", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.always = () => (telegram.calls.length === 0 ? slow(89_000) : ok)
      const start = yield* saysInGroup(somebody(), someGroup(), `/start@${username}`)
      yield* receive(start)
      assert.isEmpty(yield* workBatch(yield* nextBatch))
      assert.isEmpty(telegram.sends())
      assert.deepStrictEqual(yield* queued, { waiting: 1, dead: 0 })
      telegram.always = () => ok
      yield* drain
      assert.strictEqual(yield* outcomeOf(start), "applied")
    }).pipe(inWorld),
  )

  it.effect("a tap is answered, and that is all", () =>
    Effect.gen(function* () {
      const tap = yield* tapsInGroup(somebody(), someGroup(), "watch_video")
      yield* tell(Effect.succeed(tap))
      const telegram = yield* TelegramTest
      assert.lengthOf(telegram.taps(), 1)
      assert.isEmpty(telegram.sends())
      assert.strictEqual(yield* outcomeOf(tap), "ignored: group")
      assert.strictEqual(yield* userCount, 0)
    }).pipe(inWorld),
  )
})

describe("an update of a kind that is not used", () => {
  it.effect.each(["channel_post", "inline_query", "poll", "chat_member", "message_reaction", "of_the_future"])(
    "is ignored: %s",
    (kind) =>
      Effect.gen(function* () {
        const update = yield* ofKind(kind, { from: somebody() })
        yield* tell(Effect.succeed(update))
        assert.strictEqual(yield* outcomeOf(update), "ignored: unused kind")
        assert.isEmpty((yield* TelegramTest).calls)
        assert.strictEqual(yield* userCount, 0)
      }).pipe(inWorld),
  )
})
