import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { Locale } from "../brand/Locale.ts"
import type { SpeechError } from "./Speech.ts"

export interface Greeting {
  readonly key: string
  readonly audio: Effect.Effect<Uint8Array, SpeechError>
}

/** Spoken greetings, each text synthesised once for everybody: the cache is asked before the voice. */
export class Greetings extends Context.Service<
  Greetings,
  {
    /** The object's key is known at once; the audio is fetched or made when it is run. */
    greeting(locale: Locale, text: string): Greeting
  }
>()("@concierge/core/services/Greetings") {}
