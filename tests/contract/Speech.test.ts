import { Speech } from "@concierge/core/services/Speech.ts"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import * as espeak from "../../packages/local/speech/espeak.ts"
import { brandLayer } from "../layers/brand.ts"
import { readMp3 } from "./fixtures/mp3.ts"

const english = "Hello Ana, and welcome. It is good to have you here."
const spanish = "Hola Ana, te damos la bienvenida. Nos alegra que estés aquí."
const heard = (bytes: Uint8Array) => Result.getOrThrow(readMp3(bytes))

layer(Layer.provide(espeak.layer, brandLayer))("Speech: espeak", (it) => {
  it.effect("is mono MP3 from the first byte to the last", () =>
    Effect.gen(function* () {
      const speech = yield* Speech
      const { seconds, sampleRate, mono } = heard(yield* speech.synthesize("en", english))
      assert.deepStrictEqual([sampleRate, mono], [22_050, true])
      assert.isTrue(seconds > 2 && seconds < 6, `${seconds} s`)
    }),
  )

  it.effect("speaks each language with a voice of its own", () =>
    Effect.gen(function* () {
      const speech = yield* Speech
      assert.deepStrictEqual([speech.voice("en"), speech.voice("es")], ["espeak-en-us", "espeak-es"])
      const [en, es] = yield* Effect.all([speech.synthesize("en", spanish), speech.synthesize("es", spanish)])
      assert.notDeepEqual(en, es)
      assert.isTrue(heard(es).seconds > 2)
    }),
  )

  it.effect("gives each of many at once its own text", () =>
    Effect.gen(function* () {
      const speech = yield* Speech
      const texts = Array.from({ length: 8 }, (_, index) => "one more word ".repeat(index + 1))
      const audio = yield* Effect.forEach(texts, (text) => speech.synthesize("en", text), { concurrency: "unbounded" })
      const seconds = audio.map((bytes) => heard(bytes).seconds)
      assert.deepStrictEqual(
        seconds,
        seconds.toSorted((left, right) => left - right),
      )
      assert.strictEqual(new Set(seconds).size, 8)
    }),
  )

  it.effect("reads markup aloud instead of obeying it", () =>
    Effect.gen(function* () {
      const speech = yield* Speech
      const { seconds } = heard(yield* speech.synthesize("en", "Hello <break time='60s'/> world"))
      assert.isTrue(seconds < 10, `${seconds} s`)
      const [spelled, phonemes] = yield* Effect.all([
        speech.synthesize("en", "[[h@loU]] you"),
        speech.synthesize("en", "hello you"),
      ])
      assert.isTrue(heard(spelled).seconds > heard(phonemes).seconds * 1.5)
    }),
  )
})
