import { Speech, SpeechError, Throttled } from "@concierge/core/services/Speech.ts"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { makeBucket, type Rate } from "../telegram/bucket.ts"

/** Requests of Polly's neural voices, for a whole account (AWS's page on Polly's quotas). */
export const neural: Rate = { perSecond: 8, burst: 10 }

/** A voice that is asked too often refuses, as Polly does; what is refused counts for nothing. */
export const layer = (rate: Rate): Layer.Layer<Speech, never, Speech> =>
  Layer.effect(
    Speech,
    Effect.gen(function* () {
      const { synthesize, voice } = yield* Speech
      const bucket = makeBucket(rate)
      return Speech.of({
        voice,
        synthesize: (locale, text) =>
          Effect.flatMap(Clock.currentTimeMillis, (now) => {
            if (!bucket.fits(now)) return new SpeechError({ reason: new Throttled({ cause: tooMany }) })
            bucket.take(now)
            return synthesize(locale, text)
          }),
      })
    }),
  )

const tooMany = new Error("Rate exceeded")
