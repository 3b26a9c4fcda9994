import { Speech } from "@concierge/core/services/Speech.ts"
import * as Cache from "effect/Cache"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as espeak from "../../packages/local/speech/espeak.ts"

/** About as long as a sentence takes a service in the same region. */
const answered = Duration.millis(250)

/** A brand has a few languages. */
const capacity = 20

/**
 * Polly speaks on machines of its own, and here there are two cores for all: each language says one sentence, once, and
 * that is the answer to every name.
 */
export const layer = Layer.effect(
  Speech,
  Effect.gen(function* () {
    const { synthesize, voice } = yield* Speech
    const said = yield* Cache.make({ capacity, lookup: (locale: string) => synthesize(locale, "1, 2, 3") })
    return Speech.of({ voice, synthesize: (locale) => Effect.delay(Cache.get(said, locale), answered) })
  }),
).pipe(Layer.provide(espeak.layer))
