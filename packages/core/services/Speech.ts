import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Locale } from "../brand/Locale.ts"
import { Unavailable } from "./reasons.ts"

/** Asked too often; the retries are used up. */
export class Throttled extends Schema.TaggedError<Throttled>()("Throttled", { cause: Schema.Defect() }) {}

/** The text or the voice is refused, and will be again. */
export class Rejected extends Schema.TaggedError<Rejected>()("Rejected", { cause: Schema.Defect() }) {}

export class SpeechError extends Schema.TaggedError<SpeechError>()("SpeechError", {
  reason: Schema.Union([Throttled, Rejected, Unavailable]),
}) {}

export class Speech extends Context.Service<
  Speech,
  {
    /** Name of the voice that speaks this language: part of the key under which its audio is cached. */
    voice(locale: Locale): string
    /** MP3 audio of the plain text. */
    synthesize(locale: Locale, text: string): Effect.Effect<Uint8Array, SpeechError>
  }
>()("@concierge/core/services/Speech") {}
