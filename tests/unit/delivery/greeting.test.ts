import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { states } from "../../fixtures/concierge.ts"
import { copy } from "../../fixtures/copy.ts"
import { drain, inAnotherContainer, receive, tell } from "../../layers/drive.ts"
import { MediaTest } from "../../layers/media.ts"
import { Counted } from "../../layers/metrics.ts"
import { eventOf, settings, userOf } from "../../layers/seen.ts"
import { down, refused, SpeechTest, throttled } from "../../layers/speech.ts"
import {
  badFile,
  blocked,
  hangs,
  ok,
  rateLimited,
  rejected,
  type Send,
  TelegramTest,
  unavailable,
} from "../../layers/telegram.ts"
import { inWorld } from "../../layers/testWorld.ts"
import { type Person, says, somebody, taps } from "../../layers/updates.ts"

const greet = Effect.fnUntraced(function* (person: Person) {
  yield* tell(says(person, "/start"))
  const tap = yield* taps(person, "play_audio")
  yield* tell(Effect.succeed(tap))
  return tap
})

const isVoice = ({ method }: Send): boolean => method === "sendVoice"

const voices = Effect.map(TelegramTest, (telegram) => telegram.sends().filter(isVoice))

const named = (first_name: string, language_code = "en"): Person => somebody({ first_name, language_code })

describe("while the voice is made", () => {
  it.effect("the person sees so within 300 ms; of one that is there already nothing is announced", () =>
    Effect.gen(function* () {
      const [ana, eva] = [somebody({ first_name: "Ana" }), somebody({ first_name: "Ana" })]
      yield* tell(says(ana, "/start"), says(eva, "/start"))
      const telegram = yield* TelegramTest
      ;(yield* SpeechTest).takes = 3_000
      const tappedAt = yield* Clock.currentTimeMillis
      yield* tell(taps(ana, "play_audio"))
      const [shown, ...more] = telegram.actions()
      assert.isEmpty(more)
      assert.deepInclude(shown, { chatId: ana.id, action: "record_voice" })
      assert.isAtMost((shown?.at ?? 0) - tappedAt, 300)
      yield* tell(taps(eva, "play_audio"))
      assert.lengthOf(telegram.actions(), 1)
    }).pipe(inWorld),
  )

  it.effect.each([hangs, unavailable, rateLimited(30), blocked])(
    "that it cannot be shown delays nothing: %j",
    (answer) =>
      Effect.gen(function* () {
        const ana = somebody()
        yield* tell(says(ana, "/start"))
        const telegram = yield* TelegramTest
        telegram.always = (method) => (method === "sendChatAction" ? answer : ok)
        ;(yield* SpeechTest).takes = 3_000
        const tappedAt = yield* Clock.currentTimeMillis
        yield* receive(yield* taps(ana, "play_audio"))
        yield* drain
        assert.strictEqual((telegram.sends().at(-1)?.at ?? 0) - tappedAt, 3_000)
      }).pipe(inWorld),
  )
})

describe("the greeting", () => {
  it.effect("says the person's name, in the voice of their language", () =>
    Effect.gen(function* () {
      yield* greet(named("Ana"))
      yield* greet(named("Eva", "es-MX"))
      const { asked } = yield* SpeechTest
      assert.deepStrictEqual(
        asked.map(({ locale }) => locale),
        ["en", "es"],
      )
      assert.match(asked[0]?.text ?? "", /^Hello, Ana! Welcome/)
      assert.match(asked[1]?.text ?? "", /^¡Hola, Eva! Te damos/)
      const [voice] = yield* voices
      assert.deepInclude(voice?.file, { _tag: "Upload", contentType: "audio/mpeg" })
      assert.include(voice?.message.html, "\u2068Ana\u2069")
    }).pipe(inWorld),
  )

  it.effect("is made once for everybody of that name and language, and sent by its file id after that", () =>
    Effect.gen(function* () {
      yield* greet(named("Ana"))
      yield* greet(named("Ana"))
      yield* inAnotherContainer(greet(named("Ana")))
      yield* greet(named("Ana", "es"))
      assert.lengthOf((yield* SpeechTest).asked, 2)
      assert.deepStrictEqual(
        (yield* voices).map(({ file }) => file?._tag),
        ["Upload", "FileId", "FileId", "Upload"],
      )
    }).pipe(inWorld),
  )

  it.effect("is taken from the cache before it is made again", () =>
    Effect.gen(function* () {
      yield* greet(named("Ana"))
      const { objects } = yield* MediaTest
      const [key] = [...objects.keys()].filter((each) => each.startsWith("tts/"))
      assert.match(key ?? "", /^tts\/en\/Matthew\/[0-9a-f]{64}\.mp3$/)
      const telegram = yield* TelegramTest
      telegram.always = (method) => (method === "sendVoice" && telegram.sends().length === 3 ? badFile : { _tag: "Ok" })
      yield* greet(named("Ana"))
      assert.lengthOf((yield* SpeechTest).asked, 1)
      const [, byId, again] = yield* voices
      assert.strictEqual(byId?.file?._tag, "FileId")
      assert.strictEqual(again?.file?._tag, "Upload")
    }).pipe(inWorld),
  )

  it.effect.each([
    ["Ana María", "Ana María"],
    ["<b>Ana</b>", "Ana"],
    ["🌸 Ana 🌸", "Ana"],
    ["O’Neil-Smith", "O'Neil-Smith"],
    ["𝓐𝓷𝓪", "Ana"],
    ["a_b*<c>", "a b"],
    ["x".repeat(500), "x".repeat(40)],
  ] as const)("cleans the name before it is spoken: %s", ([name, spoken]) =>
    Effect.gen(function* () {
      yield* greet(named(name))
      assert.strictEqual(
        (yield* SpeechTest).asked[0]?.text,
        copy.en.steps.greeting.spoken({ answers: {} }).replace("Hello!", `Hello, ${spoken}!`),
      )
    }).pipe(inWorld),
  )

  it.effect.each(["محمد", "李雷", "🌸🌸", "12345", "\u202e", ""])(
    "has no name where nothing of it can be spoken: %s",
    (name) =>
      Effect.gen(function* () {
        yield* greet(named(name))
        assert.strictEqual((yield* SpeechTest).asked[0]?.text, copy.en.steps.greeting.spoken({ answers: {} }))
        assert.lengthOf(yield* voices, 1)
      }).pipe(inWorld),
  )

  it.effect.each([throttled, refused, down])(
    "is sent as text when the voice is down, and onboarding goes on",
    (error) =>
      Effect.gen(function* () {
        const speech = yield* SpeechTest
        speech.error = error
        const ana = named("<i>Ana</i>")
        const tap = yield* greet(ana)
        const telegram = yield* TelegramTest
        assert.isEmpty(yield* voices)
        const text = telegram.sends().at(-1)
        assert.include(text?.message.html, "\u2068&lt;i&gt;Ana&lt;/i&gt;\u2069")
        assert.deepStrictEqual(text?.message.buttons, [
          { text: copy.en.steps.finish.button, data: "finish", style: "success" },
        ])
        assert.deepInclude(yield* eventOf(tap), { outcome: "applied", degraded: true })
        assert.strictEqual((yield* Counted).of("DegradedGreetings"), 1)
        assert.strictEqual((yield* userOf(ana)).state, states.greeting)
        // The next one is not stuck with the text.
        speech.error = undefined
        yield* greet(ana)
        assert.lengthOf(yield* voices, 1)
      }).pipe(inWorld),
  )

  it.effect("is spoken though the cache can be neither read nor written", () =>
    Effect.gen(function* () {
      const media = yield* MediaTest
      media.broken.add("get").add("put")
      const tap = yield* greet(named("Ana"))
      assert.lengthOf(yield* voices, 1)
      assert.notProperty(yield* eventOf(tap), "degraded")
    }).pipe(inWorld),
  )

  it.effect("is sent as text to somebody who takes no voice messages, and the file id is kept for the others", () =>
    Effect.gen(function* () {
      yield* greet(named("Ana"))
      const files = (yield* settings).filter(({ key }) => key.includes("tts/"))
      const telegram = yield* TelegramTest
      telegram.always = (method) => (method === "sendVoice" ? rejected : { _tag: "Ok" })
      const eva = named("Ana")
      yield* greet(eva)
      assert.strictEqual((yield* userOf(eva)).state, states.greeting)
      assert.deepStrictEqual(
        (yield* settings).filter(({ key }) => key.includes("tts/")),
        files,
      )
    }).pipe(inWorld),
  )

  it.effect("its remembered id goes after a year, as the recording does", () =>
    Effect.gen(function* () {
      yield* greet(named("Ana"))
      const [file] = (yield* settings).filter(({ key }) => key.includes("tts/"))
      assert.approximately(file?.expiresAt ?? 0, Date.UTC(2027, 2, 4, 5, 6, 7) / 1000, 10)
    }).pipe(inWorld),
  )
})
