import type { VoiceId } from "@aws-sdk/client-polly"
import { Brand, voiceOf } from "@concierge/core/brand/Brand.ts"
import type { Unavailable } from "@concierge/core/services/reasons.ts"
import { Rejected, Speech, SpeechError, Throttled } from "@concierge/core/services/Speech.ts"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import { call, isThrottled, nameOf, type Policy } from "../sdk/call.ts"
import { late } from "../sdk/late.ts"

/**
 * Three attempts within 13.1 s; a greeting takes Polly about half a second. Neural voices are limited to a few calls a
 * second for the whole account: whoever asks waits for a turn (layers/Greetings.ts), and does not ask again here.
 */
const synthesisPolicy: Policy = {
  timeout: Duration.seconds(4),
  retry: Schedule.exponential("300 millis").pipe(Schedule.jittered, Schedule.upTo({ times: 2 })),
  givesUpThrottled: true,
}

/** Polly, with the brand's voices. The text is plain: a name cannot become markup. */
export const layer: Layer.Layer<Speech, never, Brand> = Layer.effect(
  Speech,
  Effect.gen(function* () {
    const brand = yield* Brand
    const polly = Effect.mapError(yield* late(async () => (await import("./polly.ts")).open()), mapError)
    return Speech.of({
      voice: (locale) => voiceOf(brand, locale).id,
      synthesize: Effect.fn("Speech.synthesize")(function* (locale, text) {
        const { client, SynthesizeSpeechCommand } = yield* polly
        const { engine, id } = voiceOf(brand, locale)
        const command = new SynthesizeSpeechCommand({
          Engine: engine,
          OutputFormat: "mp3",
          Text: text,
          TextType: "text",
          VoiceId: voiceId(id),
        })
        const synthesis = call(async (abortSignal) => {
          const { AudioStream } = await client.send(command, { abortSignal })
          if (AudioStream === undefined) throw new Error("Polly answered without audio")
          return await AudioStream.transformToByteArray()
        }, synthesisPolicy)
        return yield* Effect.mapError(synthesis, mapError)
      }),
    })
  }),
)

/** Polly has more voices than any version of its client can name; it says itself which it has not. */
const voiceId = (voice: string) => voice as VoiceId

const rejections: ReadonlyArray<string | undefined> = [
  "TextLengthExceededException",
  "InvalidSsmlException",
  "EngineNotSupportedException",
  "LanguageNotSupportedException",
  // A voice that there is not, or not with this engine.
  "ValidationException",
]

const mapError = (error: Unavailable): SpeechError => new SpeechError({ reason: reasonOf(error) })

const reasonOf = (error: Unavailable): SpeechError["reason"] => {
  const { cause } = error
  if (isThrottled(cause)) return new Throttled({ cause })
  return rejections.includes(nameOf(cause)) ? new Rejected({ cause }) : error
}
