import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { states } from "../../fixtures/concierge.ts"
import { copy } from "../../fixtures/copy.ts"
import { tell, tellAtOnce } from "../../layers/drive.ts"
import { outcomeOf, userOf } from "../../layers/seen.ts"
import { blocked, TelegramTest, unavailable } from "../../layers/telegram.ts"
import { inWorld } from "../../layers/testWorld.ts"
import { type Person, says, somebody, taps } from "../../layers/updates.ts"

const methods = Effect.map(TelegramTest, (telegram) => telegram.sends().map(({ method }) => method))

const order = [states.new, states.video, states.greeting, states.done]

/** All four buttons of the flow in each state: what is sent, and where it leads. */
const table = [
  [states.new, "watch_video", "sendVideo", states.video],
  [states.new, "play_audio", "sendVideo", states.video],
  [states.new, "finish", "sendVideo", states.video],
  [states.video, "watch_video", "sendVideo", states.video],
  [states.video, "play_audio", "sendVoice", states.greeting],
  [states.video, "finish", "sendVoice", states.greeting],
  [states.greeting, "watch_video", "sendVideo", states.greeting],
  [states.greeting, "play_audio", "sendVoice", states.greeting],
  [states.greeting, "finish", "sendMessage", states.done],
  [states.done, "watch_video", "sendVideo", states.done],
  [states.done, "play_audio", "sendVoice", states.done],
  [states.done, "finish", undefined, states.done],
] as const

const reach = Effect.fnUntraced(function* (person: Person, state: string) {
  const steps = [says(person, "/start"), taps(person, "play_audio"), taps(person, "finish")]
  if (state === states.new) yield* tell(says(person, "/start"), says(person, "/restart"))
  else yield* tell(...steps.slice(0, order.indexOf(state)))
  const telegram = yield* TelegramTest
  telegram.calls.length = 0
})

describe("a button", () => {
  it.effect.each(table)("at %s, %s sends %s and leads to %s", ([state, data, method, after]) =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* reach(ana, state)
      const { version } = yield* userOf(ana)
      yield* tell(taps(ana, data))
      assert.deepStrictEqual(yield* methods, method === undefined ? [] : [method])
      const user = yield* userOf(ana)
      assert.strictEqual(user.state, after)
      assert.strictEqual(user.version, version + (after === state ? 0 : 1))
      assert.lengthOf((yield* TelegramTest).taps(), 1)
    }).pipe(inWorld),
  )

  it.effect("finish at DONE is a toast in the person's language, and no message", () =>
    Effect.gen(function* () {
      const ana = somebody({ language_code: "es" })
      yield* reach(ana, states.done)
      yield* tell(taps(ana, "finish"))
      const telegram = yield* TelegramTest
      assert.deepStrictEqual(
        telegram.taps().map(({ text }) => text),
        [copy.es.toasts.finished],
      )
    }).pipe(inWorld),
  )

  it.effect("restart starts over", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* reach(ana, states.done)
      yield* tell(taps(ana, "restart"))
      assert.deepInclude(yield* userOf(ana), { state: states.new, run: 2 })
    }).pipe(inWorld),
  )

  it.effect.each(["watch_video", "play_audio", "finish"])(
    "of somebody unknown makes them a NEW user without attribution, and sends the video: %s",
    (data) =>
      Effect.gen(function* () {
        const ana = somebody()
        yield* tell(taps(ana, data))
        assert.deepStrictEqual(yield* methods, ["sendVideo"])
        const user = yield* userOf(ana)
        assert.deepInclude(user, { state: states.video, run: 1, version: 1 })
        assert.notProperty(user, "attributed_at")
        assert.notProperty(user, "first_start_ts")
      }).pipe(inWorld),
  )

  it.effect.each(["", "Of another bot", "language:fr", "forget:", "forget:x", "__proto__"])(
    "that is none of ours is answered with a hint: %s",
    (data) =>
      Effect.gen(function* () {
        const ana = somebody()
        yield* reach(ana, states.video)
        yield* tell(taps(ana, data))
        const telegram = yield* TelegramTest
        assert.strictEqual(telegram.sends().at(-1)?.message.html, copy.en.steps.greeting.hint)
        assert.lengthOf(telegram.taps(), 1)
      }).pipe(inWorld),
  )

  it.effect.each(["of_another_bot", "step:gone", "constructor", "answer:gone:yes"])(
    "that leads to a step that is gone does what the button of the step that is due does: %s",
    (data) =>
      Effect.gen(function* () {
        const ana = somebody()
        yield* reach(ana, states.video)
        yield* tell(taps(ana, data))
        assert.deepStrictEqual(yield* methods, ["sendVoice"])
        assert.strictEqual((yield* userOf(ana)).state, states.greeting)
        assert.lengthOf((yield* TelegramTest).taps(), 1)
      }).pipe(inWorld),
  )

  it.effect.each([
    [states.new, "watch_video"],
    [states.video, "play_audio"],
    [states.greeting, "finish"],
    [states.done, "watch_video"],
    [states.done, "play_audio"],
  ] as const)("that is tapped twice acts once, and both taps are answered: %s %s", ([state, data]) =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* reach(ana, state)
      const [one, two] = [yield* taps(ana, data), yield* taps(ana, data)]
      yield* tellAtOnce(Effect.succeed(one), Effect.succeed(two))
      assert.lengthOf(yield* methods, 1)
      assert.lengthOf((yield* TelegramTest).taps(), 2)
      assert.strictEqual(yield* outcomeOf(one), "applied")
    }).pipe(inWorld),
  )

  it.effect("is a repeat, not a double tap, once the message it asks for is there", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* reach(ana, states.video)
      yield* tell(taps(ana, "watch_video"), taps(ana, "watch_video"))
      assert.deepStrictEqual(yield* methods, ["sendVideo", "sendVideo"])
    }).pipe(inWorld),
  )

  it.effect("is done even if Telegram does not take the answer to the tap", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* reach(ana, states.greeting)
      const telegram = yield* TelegramTest
      telegram.always = (method) => (method === "answerCallback" ? unavailable : { _tag: "Ok" })
      const tap = yield* taps(ana, "finish")
      yield* tell(Effect.succeed(tap))
      assert.strictEqual(yield* outcomeOf(tap), "applied")
      assert.deepStrictEqual(yield* methods, ["sendMessage"])
    }).pipe(inWorld),
  )

  it.effect("is answered even where nothing is sent for it", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* reach(ana, states.video)
      const telegram = yield* TelegramTest
      telegram.script.push(blocked)
      yield* tell(says(ana, "hello"), taps(ana, "play_audio"))
      assert.lengthOf(telegram.taps(), 1)
      assert.strictEqual((yield* userOf(ana)).state, states.video)
    }).pipe(inWorld),
  )
})
