import { pollyVoice } from "@concierge/core/brand/pollyVoices.ts"
import { Speech } from "@concierge/core/services/Speech.ts"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { neural } from "../../speech/limited.ts"
import { makeBucket } from "../../telegram/bucket.ts"
import type { PollyRequest, PollyResponse } from "./server.ts"

const SynthesizeSpeech = Schema.Struct({
  Engine: Schema.optionalKey(Schema.String),
  OutputFormat: Schema.Literal("mp3"),
  Text: Schema.String,
  TextType: Schema.optionalKey(Schema.Literal("text")),
  VoiceId: Schema.String,
})

/** Billed characters that Polly takes in one call. */
const longest = 3_000

const decode = Schema.decodeUnknownResult(Schema.fromJsonString(SynthesizeSpeech))

/** Requests of the account, by the engine; standard voices take ten times as many as neural ones. */
const neuralLeft = makeBucket(neural)
const standardLeft = makeBucket({ perSecond: 80, burst: 100 })

/** What Polly answers to `SynthesizeSpeech`, with the local voice in place of its own. */
export const respond = Effect.fnUntraced(function* ({ body, path }: PollyRequest) {
  if (path !== "/v1/speech") return refusal("UnknownOperationException", "There is no such operation")
  const decoded = decode(body)
  if (Result.isFailure(decoded)) return refusal("ValidationException", "1 validation error detected")
  const { Engine = "standard", Text, VoiceId } = decoded.success
  const voice = pollyVoice(VoiceId)
  if (voice === undefined) {
    const where = `1 validation error detected: Value '${VoiceId}' at 'voiceId' failed to satisfy constraint`
    return refusal("ValidationException", `${where}: Member must satisfy enum value set`)
  }
  if (!voice.engines.some((engine) => engine === Engine)) {
    return refusal("ValidationException", `This voice does not support the selected engine: ${Engine}`)
  }
  if (Array.from(Text).length > longest) {
    return refusal("TextLengthExceededException", "Maximum text length has been exceeded")
  }
  const [bucket, now] = [Engine === "standard" ? standardLeft : neuralLeft, yield* Clock.currentTimeMillis]
  if (!bucket.fits(now)) return refusal("ThrottlingException", "Rate exceeded")
  bucket.take(now)
  const speech = yield* Speech
  return yield* speech.synthesize(voice.locale, Text).pipe(
    Effect.map((audio): PollyResponse => {
      const headers = { "content-type": "audio/mpeg", "x-amzn-requestcharacters": String(Text.length) }
      return { status: 200, headers, body: audio }
    }),
    Effect.catchTag("SpeechError", ({ reason }) => Effect.succeed(failure(String(reason.cause)))),
  )
})

/** A limit, a wrong text and a wrong voice are all 400: only the name tells them apart. */
export const refusal = (name: string, message: string): PollyResponse => error(400, name, message)

export const failure = (message: string): PollyResponse => error(500, "ServiceFailureException", message)

const error = (status: number, name: string, message: string): PollyResponse => ({
  status,
  headers: { "content-type": "application/json", "x-amzn-errortype": name, "x-amzn-requestid": "stand-in" },
  body: new TextEncoder().encode(JSON.stringify({ message })),
})
