import * as PollySpeech from "@concierge/aws/polly/Speech.ts"
import { brand } from "@concierge/brands/concierge/brand.ts"
import { Brand, type BrandValue } from "@concierge/core/brand/Brand.ts"
import type { Voice } from "@concierge/core/brand/Voice.ts"
import { Speech } from "@concierge/core/services/Speech.ts"
import { assert, layer } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import { failure, refusal } from "../../packages/local/aws/polly/respond.ts"
import { fastForward } from "../layers/fastForward.ts"
import * as Polly from "../layers/polly.ts"
import { readMp3 } from "./fixtures/mp3.ts"

const speechOf = (brand: BrandValue) =>
  PollySpeech.layer.pipe(Layer.provide(Layer.succeed(Brand, brand)), Layer.provideMerge(Polly.layer))

/** The default brand with another voice in each of its languages. */
const spokenBy = (voices: Readonly<Record<string, Voice>>): BrandValue => ({
  ...brand,
  languages: Object.fromEntries(
    Object.entries(brand.languages).map(([locale, language]) => [
      locale,
      { ...language, voice: voices[locale] ?? language.voice },
    ]),
  ),
})

const spoken = Effect.succeed({ status: 200, headers: {}, body: Uint8Array.of(1, 2, 3) })
const throttled = Effect.succeed(refusal("ThrottlingException", "Rate exceeded"))
const down = Effect.succeed(failure("An unknown condition has caused a service failure"))

/** How an attempt to say hello fails, how often Polly was asked, and how long it took on the test's clock. */
const failedHello = Effect.gen(function* () {
  const speech = yield* Speech
  const { requests } = yield* Polly.Polly
  const [asked, startedAt] = [requests.length, yield* Clock.currentTimeMillis]
  const { reason } = yield* fastForward(Effect.flip(speech.synthesize("en", "Hello")))
  const millis = (yield* Clock.currentTimeMillis) - startedAt
  return { reason, attempts: requests.length - asked, millis }
})

layer(speechOf(brand))("Speech: Polly", (it) => {
  it.effect("speaks English as Matthew and Spanish as Lucia", () =>
    Effect.gen(function* () {
      const speech = yield* Speech
      assert.deepStrictEqual([speech.voice("en"), speech.voice("es")], ["Matthew", "Lucia"])
      for (const [locale, text] of [
        ["en", "Hello Ana, and welcome."],
        ["es", "Hola Ana, te damos la bienvenida."],
      ] as const) {
        const audio = yield* speech.synthesize(locale, text)
        assert.isTrue(Result.getOrThrow(readMp3(audio)).seconds > 1)
      }
    }),
  )

  it.effect("asks for a neural voice and plain text", () =>
    Effect.gen(function* () {
      const speech = yield* Speech
      const { next, requests } = yield* Polly.Polly
      next.push(spoken)
      const audio = yield* speech.synthesize("es", "<break/> & Ñandú")
      assert.deepStrictEqual(Uint8Array.from(audio), Uint8Array.of(1, 2, 3))
      assert.deepStrictEqual(JSON.parse(requests.at(-1) ?? ""), {
        Engine: "neural",
        OutputFormat: "mp3",
        Text: "<break/> & Ñandú",
        TextType: "text",
        VoiceId: "Lucia",
      })
    }),
  )

  it.effect("a text that is too long is Rejected, and not asked for again", () =>
    Effect.gen(function* () {
      const speech = yield* Speech
      const { requests } = yield* Polly.Polly
      const asked = requests.length
      const { reason } = yield* Effect.flip(speech.synthesize("en", "a".repeat(3_001)))
      assert.strictEqual(reason._tag, "Rejected")
      assert.deepInclude(reason.cause, { name: "TextLengthExceededException" })
      assert.strictEqual(requests.length - asked, 1)
    }),
  )

  it.effect("a limit is waited out", () =>
    Effect.gen(function* () {
      const speech = yield* Speech
      const { next, requests } = yield* Polly.Polly
      const asked = requests.length
      next.push(down, down, spoken)
      const audio = yield* fastForward(speech.synthesize("en", "Hello"))
      assert.strictEqual(audio.length, 3)
      assert.strictEqual(requests.length - asked, 3)
    }),
  )

  it.effect("a limit is Throttled at once: it is waited out where the turns are known", () =>
    Effect.gen(function* () {
      const { next } = yield* Polly.Polly
      next.push(throttled)
      const { attempts, reason } = yield* failedHello
      assert.deepStrictEqual([reason._tag, attempts], ["Throttled", 1])
      assert.deepInclude(reason.cause, { name: "ThrottlingException" })
    }),
  )

  it.effect("a failure that lasts is Unavailable after three attempts", () =>
    Effect.gen(function* () {
      const { next } = yield* Polly.Polly
      next.push(down, down, down)
      const { attempts, reason } = yield* failedHello
      assert.deepStrictEqual([reason._tag, attempts], ["Unavailable", 3])
    }),
  )

  it.effect("silence ends in 14 seconds", () =>
    Effect.gen(function* () {
      const { next } = yield* Polly.Polly
      next.push(Effect.never, Effect.never, Effect.never)
      const { attempts, millis, reason } = yield* failedHello
      assert.deepStrictEqual([reason._tag, attempts], ["Unavailable", 3])
      assert.isTrue(millis >= 12_000 && millis < 14_000, `${millis} ms`)
    }),
  )
})

const unheardOf = spokenBy({
  en: { id: "Geraint", engine: "neural", local: "en-gb" },
  es: { id: "Nobody", engine: "neural", local: "es" },
})

layer(speechOf(unheardOf))("Speech: Polly with other voices", (it) => {
  it.effect("a voice that Polly has not, or not as a neural one, is Rejected", () =>
    Effect.gen(function* () {
      const speech = yield* Speech
      for (const locale of ["en", "es"] as const) {
        const { reason } = yield* Effect.flip(speech.synthesize(locale, "Hello"))
        assert.strictEqual(reason._tag, "Rejected")
        assert.deepInclude(reason.cause, { name: "ValidationException" })
      }
    }),
  )
})
