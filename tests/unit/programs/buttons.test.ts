import { catalogue } from "@concierge/core/brand/Catalogue.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { tell, tellAtOnce } from "../../layers/drive.ts"
import { outcomeOf, userOf } from "../../layers/seen.ts"
import { blocked, TelegramTest, unavailable } from "../../layers/telegram.ts"
import { inWorld } from "../../layers/testWorld.ts"
import { type Person, says, somebody, taps } from "../../layers/updates.ts"

const methods = Effect.map(TelegramTest, (telegram) => telegram.sends().map(({ method }) => method))

/** All four buttons of the flow in each state: what is sent, and where it leads. */
const table = [
  ["NEW", "watch_video", "sendVideo", "WELCOME_VIDEO_SENT"],
  ["NEW", "play_audio", "sendVideo", "WELCOME_VIDEO_SENT"],
  ["NEW", "finish", "sendVideo", "WELCOME_VIDEO_SENT"],
  ["WELCOME_VIDEO_SENT", "watch_video", "sendVideo", "WELCOME_VIDEO_SENT"],
  ["WELCOME_VIDEO_SENT", "play_audio", "sendVoice", "TTS_SENT"],
  ["WELCOME_VIDEO_SENT", "finish", "sendVoice", "TTS_SENT"],
  ["TTS_SENT", "watch_video", "sendVideo", "TTS_SENT"],
  ["TTS_SENT", "play_audio", "sendVoice", "TTS_SENT"],
  ["TTS_SENT", "finish", "sendMessage", "DONE"],
  ["DONE", "watch_video", "sendVideo", "DONE"],
  ["DONE", "play_audio", "sendVoice", "DONE"],
  ["DONE", "finish", undefined, "DONE"],
] as const

const reach = Effect.fnUntraced(function* (person: Person, state: string) {
  const steps = [says(person, "/start"), taps(person, "play_audio"), taps(person, "finish")]
  if (state === "NEW") yield* tell(says(person, "/start"), says(person, "/restart"))
  else yield* tell(...steps.slice(0, ["NEW", "WELCOME_VIDEO_SENT", "TTS_SENT", "DONE"].indexOf(state)))
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
      yield* reach(ana, "DONE")
      yield* tell(taps(ana, "finish"))
      const telegram = yield* TelegramTest
      assert.deepStrictEqual(
        telegram.taps().map(({ text }) => text),
        [catalogue("es").toasts.finished],
      )
    }).pipe(inWorld),
  )

  it.effect("restart starts over", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* reach(ana, "DONE")
      yield* tell(taps(ana, "restart"))
      assert.deepInclude(yield* userOf(ana), { state: "NEW", run: 2 })
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
        assert.deepInclude(user, { state: "WELCOME_VIDEO_SENT", run: 1, version: 1 })
        assert.notProperty(user, "attributed_at")
        assert.notProperty(user, "first_start_ts")
      }).pipe(inWorld),
  )

  it.effect.each(["", "of_another_bot", "language:fr", "forget:", "forget:x", "__proto__", "constructor"])(
    "that is none of ours is answered with a hint: %s",
    (data) =>
      Effect.gen(function* () {
        const ana = somebody()
        yield* reach(ana, "WELCOME_VIDEO_SENT")
        yield* tell(taps(ana, data))
        const telegram = yield* TelegramTest
        assert.strictEqual(telegram.sends().at(-1)?.message.html, catalogue("en").hints.WELCOME_VIDEO_SENT)
        assert.lengthOf(telegram.taps(), 1)
      }).pipe(inWorld),
  )

  it.effect.each([
    ["NEW", "watch_video"],
    ["WELCOME_VIDEO_SENT", "play_audio"],
    ["TTS_SENT", "finish"],
    ["DONE", "watch_video"],
    ["DONE", "play_audio"],
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
      yield* reach(ana, "WELCOME_VIDEO_SENT")
      yield* tell(taps(ana, "watch_video"), taps(ana, "watch_video"))
      assert.deepStrictEqual(yield* methods, ["sendVideo", "sendVideo"])
    }).pipe(inWorld),
  )

  it.effect("is done even if Telegram does not take the answer to the tap", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* reach(ana, "TTS_SENT")
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
      yield* reach(ana, "WELCOME_VIDEO_SENT")
      const telegram = yield* TelegramTest
      telegram.script.push(blocked)
      yield* tell(says(ana, "hello"), taps(ana, "play_audio"))
      assert.lengthOf(telegram.taps(), 1)
      assert.strictEqual((yield* userOf(ana)).state, "WELCOME_VIDEO_SENT")
    }).pipe(inWorld),
  )
})
