import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { states } from "../../fixtures/concierge.ts"
import { copy } from "../../fixtures/copy.ts"
import { drain, receive, tell, tellAtOnce } from "../../layers/drive.ts"
import { outcomeOf, storedUser, userCount, userOf } from "../../layers/seen.ts"
import { noTopic, ok, rateLimited, TelegramTest, username } from "../../layers/telegram.ts"
import { inWorld } from "../../layers/testWorld.ts"
import { blocks, edits, says, saysInGroup, somebody, someGroup, taps } from "../../layers/updates.ts"

const sent = Effect.map(TelegramTest, (telegram) => telegram.sends().map(({ message }) => message))

/** The same message with more fields. */
const messageWith = (update: Effect.Effect<{ readonly update_id: number; readonly message: object }>, more: object) =>
  Effect.map(update, ({ message, update_id }) => ({ update_id, message: { ...message, ...more } }))

const forwarded = [
  ["forwarded", { forward_origin: { type: "user", sender_user: { id: 5 }, date: 1 }, forward_date: 1 }],
  ["forwarded by an old server", { forward_from: { id: 5 }, forward_date: 1 }],
  ["of another bot's results", { via_bot: { id: 5, is_bot: true, username: "pic" } }],
] as const

describe("a command that was not written here", () => {
  it.effect.each(forwarded)("is a text like any other: %s", ([, more]) =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(messageWith(says(ana, "/start ref_theirs"), more))
      const user = yield* userOf(ana)
      assert.deepInclude(user, { state: "NEW", version: 0 })
      assert.isUndefined(user.ref_code)
      assert.isUndefined(user.first_start_ts)
      assert.deepStrictEqual(
        (yield* sent).map(({ html }) => html),
        [copy.en.steps.video.hint],
      )
    }).pipe(inWorld),
  )

  it.effect.each(forwarded)("starts nothing in a group either: %s", ([, more]) =>
    Effect.gen(function* () {
      const start = yield* messageWith(saysInGroup(somebody(), someGroup(), `/start@${username}`), more)
      yield* tell(Effect.succeed(start))
      assert.strictEqual(yield* outcomeOf(start), "ignored: group")
      // Nor is Telegram asked for our name.
      assert.isEmpty((yield* TelegramTest).calls)
    }).pipe(inWorld),
  )

  it.effect("does not reset anybody", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"), messageWith(says(ana, "/restart"), { forward_origin: { type: "hidden_user" } }))
      assert.deepInclude(yield* userOf(ana), { state: states.video, run: 1 })
    }).pipe(inWorld),
  )
})

describe("what a bot does", () => {
  const robot = () => somebody({ is_bot: true })

  it.effect("makes no person of it, whichever kind it comes as", () =>
    Effect.gen(function* () {
      const updates = [
        yield* says(robot(), "/start"),
        yield* edits(robot(), "/start"),
        yield* taps(robot(), "watch_video"),
        yield* blocks(robot()),
        yield* saysInGroup(robot(), someGroup(), `/start@${username}`),
      ]
      yield* tell(...updates.map((update) => Effect.succeed(update)))
      for (const update of updates) assert.strictEqual(yield* outcomeOf(update), "ignored: bot")
      assert.strictEqual(yield* userCount, 0)
      assert.isEmpty(yield* sent)
      // Its button would go on spinning.
      assert.lengthOf((yield* TelegramTest).taps(), 1)
    }).pipe(inWorld),
  )

  it.effect("is not what a group's anonymous administrator does, who is shown as one", () =>
    Effect.gen(function* () {
      const group = someGroup()
      const anonymous = somebody({ is_bot: true, username: "GroupAnonymousBot" })
      const start = yield* messageWith(saysInGroup(anonymous, group, `/start@${username}`), {
        sender_chat: { id: group, type: "supergroup" },
      })
      yield* tell(Effect.succeed(start))
      assert.strictEqual(yield* outcomeOf(start), "applied")
    }).pipe(inWorld),
  )
})

describe("a private message that does not say who wrote it", () => {
  it.effect.each([{ type: "private" }, {}])("is the person's whose chat it is: %j", (kind) =>
    Effect.gen(function* () {
      const ana = somebody()
      const update = yield* messageWith(says(ana, "/start ref_a"), { from: undefined, chat: { id: ana.id, ...kind } })
      yield* tell(Effect.succeed(update))
      assert.deepInclude(yield* userOf(ana), { state: states.video, ref_code: "ref_a" })
      assert.strictEqual(yield* outcomeOf(update), "applied")
    }).pipe(inWorld),
  )

  it.effect("is nobody's in a group", () =>
    Effect.gen(function* () {
      const update = yield* messageWith(saysInGroup(somebody(), someGroup(), "hi"), { from: undefined })
      yield* tell(Effect.succeed(update))
      assert.strictEqual(yield* outcomeOf(update), "ignored: group")
    }).pipe(inWorld),
  )
})

describe("what an update leaves out of a profile", () => {
  it.effect("is unknown of a language, and none of a username and a last name", () =>
    Effect.gen(function* () {
      const ana = somebody({ language_code: "es", last_name: "Ruiz" })
      const { language_code: _, last_name: __, username: ___, ...bare } = ana
      yield* tell(says(ana, "/start"), taps(bare, "play_audio"))
      const user = yield* userOf(ana)
      assert.deepInclude(user, { languageCode: "es", firstName: "Ana" })
      assert.notProperty(user, "lastName")
      assert.notProperty(user, "username")
      const [, greeting] = yield* sent
      assert.include(greeting?.html, copy.es.steps.greeting.caption({ name: undefined, answers: {} }).slice(0, 5))
    }).pipe(inWorld),
  )

  it.effect.each(["", undefined])("is unknown of all names where there is no first name: %j", (first_name) =>
    Effect.gen(function* () {
      const ana = somebody({ last_name: "Ruiz", username: "ana" })
      const nameless = { id: ana.id, is_bot: false, ...(first_name !== undefined && { first_name }) }
      yield* tell(says(ana, "/start"), taps(nameless, "play_audio"))
      assert.deepInclude(yield* userOf(ana), {
        firstName: "Ana",
        lastName: "Ruiz",
        username: "ana",
        languageCode: "en",
      })
    }).pipe(inWorld),
  )
})

describe("two /starts within seconds", () => {
  it.effect.each([
    ["/start", "/start camp_x"],
    ["/start camp_x", "/start"],
    ["/start camp_x", "/start camp_y"],
  ])("are one wish: %s, %s", ([one, other]) =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, one), says(ana, other))
      const methods = (yield* TelegramTest).sends().map(({ method }) => method)
      assert.deepStrictEqual(methods, ["sendVideo", "sendMessage"])
      assert.deepInclude(yield* userOf(ana), { state: states.video, ref_code: "camp_x" })
    }).pipe(inWorld),
  )
})

describe("what is written in one go", () => {
  const photo = (group: string) => ({ text: undefined, media_group_id: group, photo: [{ file_id: "p" }] })

  it.effect("is answered once: an album of ten photos", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"))
      const album = Array.from({ length: 10 }, () => messageWith(says(ana), photo("g")))
      const updates = yield* Effect.all(album)
      yield* tellAtOnce(...updates.map((update) => Effect.succeed(update)))
      assert.lengthOf(yield* sent, 2)
      const outcomes = yield* Effect.all(updates.map(outcomeOf))
      assert.deepStrictEqual([...outcomes].map(String).toSorted(), [
        "applied",
        ...Array.from({ length: 9 }, () => "ignored: coalesced"),
      ])
    }).pipe(inWorld),
  )

  it.effect("is answered again after a pause, and a command is answered always", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "hello"), says(ana, "there"), says(ana, "/help"), says(ana, "?"))
      assert.lengthOf(yield* sent, 2)
      yield* TestClock.adjust("5 seconds")
      yield* tell(says(ana, "hello?"))
      assert.lengthOf(yield* sent, 3)
    }).pipe(inWorld),
  )

  it.effect("by two people is answered to both", () =>
    Effect.gen(function* () {
      yield* tellAtOnce(says(somebody(), "hello"), says(somebody(), "hello"))
      assert.lengthOf(yield* sent, 2)
    }).pipe(inWorld),
  )
})

describe("a topic", () => {
  const topic = { message_thread_id: 77, is_topic_message: true }

  it.effect("is where the answer goes, for every kind of message", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const tapped = Effect.map(taps(ana, "play_audio"), ({ callback_query, update_id }) => ({
        update_id,
        callback_query: { ...callback_query, message: { ...callback_query.message, ...topic } },
      }))
      yield* tell(
        messageWith(says(ana, "/start"), topic),
        tapped,
        messageWith(says(ana, "/help"), topic),
        messageWith(saysInGroup(ana, someGroup(), `/start@${username}`), topic),
      )
      assert.deepStrictEqual(
        (yield* sent).map((message) => message.topic),
        [77, 77, 77, 77],
      )
    }).pipe(inWorld),
  )

  it.effect("is where a goodbye goes", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(messageWith(says(ana, "/forgetme"), topic))
      const [question] = yield* sent
      const [yes] = question?.buttons ?? []
      assert.isTrue(yes !== undefined && "data" in yes)
      if (yes === undefined || !("data" in yes)) return
      const tap = yield* taps(ana, yes.data)
      yield* tell(
        Effect.succeed({
          ...tap,
          callback_query: { ...tap.callback_query, message: { ...tap.callback_query.message, ...topic } },
        }),
      )
      assert.isUndefined(yield* storedUser(ana))
      assert.deepStrictEqual(
        (yield* sent).map((message) => message.topic),
        [77, 77],
      )
    }).pipe(inWorld),
  )

  it.effect("that was deleted meanwhile loses nobody in a private chat, and is left alone in a group", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const telegram = yield* TelegramTest
      telegram.script.push(noTopic, ok, noTopic)
      const asked = yield* messageWith(saysInGroup(ana, someGroup(), `/start@${username}`), topic)
      yield* tell(messageWith(says(ana, "/start"), topic), Effect.succeed(asked))
      assert.deepStrictEqual(
        telegram.sends().map(({ message }) => message.topic),
        [77, undefined, 77],
      )
      assert.strictEqual((yield* storedUser(ana))?.state, states.video)
      assert.strictEqual(yield* outcomeOf(asked), "ignored: undeliverable")
    }).pipe(inWorld),
  )

  it.effect("is not what a reply's thread is", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(
        messageWith(says(ana, "/start"), { message_thread_id: 77 }),
        messageWith(saysInGroup(ana, someGroup(), `/start@${username}`), {
          message_thread_id: 77,
          is_topic_message: false,
        }),
      )
      assert.deepStrictEqual(
        (yield* sent).map((message) => message.topic),
        [undefined, undefined],
      )
    }).pipe(inWorld),
  )

  it.effect("is kept by a copy that waited", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      const group = someGroup()
      yield* receive(yield* messageWith(saysInGroup(somebody(), group, `/start@${username}`), topic))
      telegram.script.push(rateLimited(40))
      yield* drain
      assert.deepStrictEqual(
        (yield* sent).map((message) => message.topic),
        [77, 77],
      )
    }).pipe(inWorld),
  )
})
