import * as GreetingsLayer from "@concierge/core/layers/Greetings.ts"
import * as NoMetrics from "@concierge/core/layers/NoMetrics.ts"
import { Greetings } from "@concierge/core/services/Greetings.ts"
import { Media, MediaError, NotFound } from "@concierge/core/services/Media.ts"
import { Unavailable } from "@concierge/core/services/reasons.ts"
import { Speech, SpeechError } from "@concierge/core/services/Speech.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as SqliteSettings from "../../packages/local/store/Settings.ts"
import * as Tables from "../../packages/local/store/Tables.ts"

const cause = new Error("out of order")
const mediaDown = Effect.fail(new MediaError({ reason: new Unavailable({ cause }) }))
const speechDown = Effect.fail(new SpeechError({ reason: new Unavailable({ cause }) }))

/** A cache and a voice in memory that count what they are asked; each may be broken. */
const fixture = (broken: { readonly get?: boolean; readonly put?: boolean; readonly speech?: boolean } = {}) => {
  const objects = new Map<string, { readonly bytes: Uint8Array; readonly contentType: string }>()
  const spoken: Array<string> = []
  const media = Layer.succeed(
    Media,
    Media.of({
      get: (key) => {
        const object = objects.get(key)
        if (broken.get) return mediaDown
        return object ? Effect.succeed(object.bytes) : Effect.fail(new MediaError({ reason: new NotFound({ key }) }))
      },
      put: (key, bytes, contentType) =>
        broken.put ? mediaDown : Effect.sync(() => objects.set(key, { bytes, contentType })),
      signedUrl: () => Effect.die("greetings need no links"),
    }),
  )
  const speech = Layer.succeed(
    Speech,
    Speech.of({
      voice: (locale) => `voice-${locale}`,
      synthesize: (locale, text) =>
        Effect.suspend(() => {
          spoken.push(`${locale}: ${text}`)
          return broken.speech ? speechDown : Effect.succeed(new TextEncoder().encode(text))
        }),
    }),
  )
  const layer = GreetingsLayer.layer.pipe(
    Layer.provide([media, NoMetrics.layer, SqliteSettings.layer.pipe(Layer.provide(Tables.layer(":memory:"))), speech]),
  )
  return { objects, spoken, layer }
}

const hello = new TextEncoder().encode("Hello Ana")

describe("Greetings", () => {
  it.effect("the key tells language, voice and text, before anything is asked", () => {
    const { layer, spoken } = fixture()
    return Effect.gen(function* () {
      const { greeting } = yield* Greetings
      const { key } = greeting("en", "Hello Ana")
      // printf 'Hello Ana' | sha256sum
      const sha256 = "2e20f6e6e33c28f39933222ac2f7b874e390b006b54726a58da9a83cdea47d31"
      assert.strictEqual(key, `tts/en/voice-en/${sha256}.mp3`)
      assert.notStrictEqual(greeting("en", "Hello Eva").key, key)
      assert.strictEqual(greeting("es", "Hello Ana").key, `tts/es/voice-es/${sha256}.mp3`)
      assert.deepStrictEqual(spoken, [])
    }).pipe(Effect.provide(layer))
  })

  it.effect("a text is synthesised once", () => {
    const { layer, objects, spoken } = fixture()
    return Effect.gen(function* () {
      const { greeting } = yield* Greetings
      const { audio, key } = greeting("en", "Hello Ana")
      assert.deepStrictEqual(yield* audio, hello)
      assert.deepStrictEqual(yield* audio, hello)
      assert.deepStrictEqual(yield* greeting("en", "Hello Ana").audio, hello)
      assert.deepStrictEqual(spoken, ["en: Hello Ana"])
      assert.deepStrictEqual(objects.get(key), { bytes: hello, contentType: "audio/mpeg" })
    }).pipe(Effect.provide(layer))
  })

  it.effect("each language and each text has its own", () => {
    const { layer, spoken } = fixture()
    return Effect.gen(function* () {
      const { greeting } = yield* Greetings
      yield* greeting("en", "Ana").audio
      yield* greeting("es", "Ana").audio
      yield* greeting("es", "Eva").audio
      assert.deepStrictEqual(spoken, ["en: Ana", "es: Ana", "es: Eva"])
    }).pipe(Effect.provide(layer))
  })

  it.effect("a cache that cannot be read is done without", () => {
    const { layer, spoken } = fixture({ get: true })
    return Effect.gen(function* () {
      const { greeting } = yield* Greetings
      assert.deepStrictEqual(yield* greeting("en", "Hello Ana").audio, hello)
      assert.deepStrictEqual(spoken, ["en: Hello Ana"])
    }).pipe(Effect.provide(layer))
  })

  it.effect("a cache that cannot be written does not keep the greeting from anybody", () => {
    const { layer, spoken } = fixture({ put: true })
    return Effect.gen(function* () {
      const { audio } = (yield* Greetings).greeting("en", "Hello Ana")
      assert.deepStrictEqual(yield* audio, hello)
      assert.deepStrictEqual(yield* audio, hello)
      assert.strictEqual(spoken.length, 2)
    }).pipe(Effect.provide(layer))
  })

  it.effect("a voice that is down is the caller's to know, and nothing is cached", () => {
    const { layer, objects } = fixture({ speech: true })
    return Effect.gen(function* () {
      const error = yield* Effect.flip((yield* Greetings).greeting("en", "Hello Ana").audio)
      assert.propertyVal(error, "_tag", "SpeechError")
      assert.nestedPropertyVal(error, "reason._tag", "Unavailable")
      assert.strictEqual(objects.size, 0)
    }).pipe(Effect.provide(layer))
  })

  it.effect("a voice that is down is not needed for what is cached", () => {
    const { layer, objects } = fixture({ speech: true })
    return Effect.gen(function* () {
      const { audio, key } = (yield* Greetings).greeting("en", "Hello Ana")
      objects.set(key, { bytes: hello, contentType: "audio/mpeg" })
      assert.deepStrictEqual(yield* audio, hello)
    }).pipe(Effect.provide(layer))
  })

  it.effect("a name that several wait for is asked for once", () => {
    const { layer, spoken } = fixture()
    return Effect.gen(function* () {
      const { greeting } = yield* Greetings
      const all = yield* Effect.all(
        Array.from({ length: 20 }, () => greeting("en", "Hello Ana").audio),
        { concurrency: "unbounded" },
      )
      for (const audio of all) assert.deepStrictEqual(audio, hello)
      assert.deepStrictEqual(spoken, ["en: Hello Ana"])
    }).pipe(Effect.provide(layer))
  })
})
