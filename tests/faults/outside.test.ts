import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { drain, receive, tell } from "../layers/drive.ts"
import { MediaTest } from "../layers/media.ts"
import { Counted } from "../layers/metrics.ts"
import { eventOf, outcomeOf, queued, userOf } from "../layers/seen.ts"
import { down, SpeechTest, throttled } from "../layers/speech.ts"
import { TelegramTest } from "../layers/telegram.ts"
import { inWorld } from "../layers/testWorld.ts"
import { says, somebody, taps } from "../layers/updates.ts"

describe("the voice", () => {
  it.effect.each([
    ["throttled", throttled],
    ["down", down],
  ] as const)("is %s: the greeting comes as text, said to be degraded, and onboarding goes on", ([, error]) =>
    Effect.gen(function* () {
      const ana = somebody()
      ;(yield* SpeechTest).error = error
      yield* tell(says(ana, "/start"))
      const tap = yield* taps(ana, "play_audio")
      yield* tell(Effect.succeed(tap))
      assert.strictEqual((yield* TelegramTest).sends().at(-1)?.method, "sendMessage")
      assert.lengthOf((yield* SpeechTest).asked, 1)
      assert.deepInclude(yield* eventOf(tap), { outcome: "applied", degraded: true })
      assert.deepInclude(yield* userOf(ana), { state: "TTS_SENT", ambiguous: 0 })
      assert.strictEqual((yield* Counted).of("DegradedGreetings"), 1)
    }).pipe(inWorld),
  )

  it.effect("is so slow that no time is left to send: begun anew by a copy, with nothing sent before", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const speech = yield* SpeechTest
      yield* tell(says(ana, "/start"))
      speech.takes = 40_000
      const tap = yield* taps(ana, "play_audio")
      yield* tell(Effect.succeed(tap))
      // The first attempt has left the audio in the cache for the second.
      assert.lengthOf(speech.asked, 1)
      assert.lengthOf((yield* TelegramTest).sends(), 2)
      assert.deepInclude(yield* eventOf(tap), { outcome: "applied", deliveries: 2 })
      assert.deepInclude(yield* userOf(ana), { state: "TTS_SENT", ambiguous: 0 })
    }).pipe(inWorld),
  )
})

describe("the media", () => {
  it.effect("S3 cannot be read or written: the greeting is spoken all the same, only not cached", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const media = yield* MediaTest
      yield* tell(says(ana, "/start"))
      media.broken.add("get").add("put")
      yield* tell(taps(ana, "play_audio"))
      assert.strictEqual((yield* TelegramTest).sends().at(-1)?.method, "sendVoice")
      assert.deepInclude(yield* userOf(ana), { state: "TTS_SENT", ambiguous: 0 })
      const asked = media.asked.filter(({ key }) => key.startsWith("tts/"))
      assert.deepStrictEqual(
        asked.map(({ method }) => method),
        ["get", "put"],
      )
      assert.lengthOf((yield* SpeechTest).asked, 1)
    }).pipe(inWorld),
  )

  it.effect("S3 is down altogether, the video cannot even be linked: nothing is lost, it waits for S3", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const media = yield* MediaTest
      for (const method of ["get", "put", "signedUrl"] as const) media.broken.add(method)
      const start = yield* says(ana, "/start")
      yield* receive(start)
      yield* drain
      assert.isUndefined(yield* outcomeOf(start))
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 1 })
      assert.isEmpty((yield* TelegramTest).sends())
      media.broken.clear()
      yield* tell(says(ana, "/start"))
      assert.deepInclude(yield* userOf(ana), { state: "WELCOME_VIDEO_SENT", version: 1 })
    }).pipe(inWorld),
  )
})
