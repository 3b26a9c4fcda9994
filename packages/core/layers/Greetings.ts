import { createHash } from "node:crypto"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Locale } from "../brand/Locale.ts"
import { Greetings } from "../services/Greetings.ts"
import { keyForLog, Media } from "../services/Media.ts"
import { Speech } from "../services/Speech.ts"

/** The media store is the cache. */
export const layer: Layer.Layer<Greetings, never, Media | Speech> = Layer.effect(
  Greetings,
  Effect.gen(function* () {
    const media = yield* Media
    const speech = yield* Speech
    const audio = Effect.fn("Greetings.audio")(function* (key: string, locale: Locale, text: string) {
      const cached = yield* media.get(key).pipe(
        Effect.catchReason("MediaError", "NotFound", () => Effect.succeed(undefined)),
        Effect.catchTag("MediaError", (error) =>
          Effect.as(
            Effect.logWarning("greeting cache not readable, synthesising", { key: keyForLog(key), error }),
            undefined,
          ),
        ),
      )
      if (cached !== undefined) return cached
      const bytes = yield* speech.synthesize(locale, text)
      yield* media
        .put(key, bytes, "audio/mpeg")
        .pipe(
          Effect.catchTag("MediaError", (error) =>
            Effect.logWarning("greeting not cached, it will be synthesised again", { key: keyForLog(key), error }),
          ),
        )
      return bytes
    })
    return Greetings.of({
      greeting: (locale, text) => {
        const key = `tts/${locale}/${speech.voice(locale)}/${sha256(text)}.mp3`
        return { key, audio: audio(key, locale, text) }
      },
    })
  }),
)

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex")
