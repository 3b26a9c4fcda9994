import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Locale } from "../brand/Locale.ts"
import type { SpeechError } from "./Speech.ts"

/** So many new names wait for the voice that this one would keep its place in hand from others. */
export class Crowded extends Schema.TaggedError<Crowded>()("Crowded", {}) {}

export interface Greeting {
  readonly key: string
  readonly audio: Effect.Effect<Uint8Array, SpeechError | Crowded>
}

/** Spoken greetings, each text synthesised once for everybody: the cache is asked before the voice. */
export class Greetings extends Context.Service<
  Greetings,
  {
    /** The object's key is known at once; the audio is fetched or made when it is run. */
    greeting(locale: Locale, text: string): Greeting
  }
>()("@concierge/core/services/Greetings") {}
