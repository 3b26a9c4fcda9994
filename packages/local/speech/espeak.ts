import { Brand, voiceOf } from "@concierge/core/brand/Brand.ts"
import { Unavailable } from "@concierge/core/services/reasons.ts"
import { Rejected, Speech, SpeechError } from "@concierge/core/services/Speech.ts"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as RcRef from "effect/RcRef"
import type * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import { type SpeechWorker, start } from "./SpeechWorker.ts"

/** As many characters as Polly takes in one call. */
const maxCharacters = 3000
/** The longest text takes about 2 s, a first start half a second; a machine may be slow, or busy. */
export const synthesisTimeout = Duration.seconds(10)
/** A worker holds some 40 MB: not for a host that greets nobody. */
export const idleLife = Duration.minutes(1)

/** A local voice for want of Polly, on the worker that `startWorker` gives. */
export const layerWith = (
  startWorker: Effect.Effect<SpeechWorker, never, Scope.Scope>,
): Layer.Layer<Speech, never, Brand> =>
  Layer.effect(
    Speech,
    Effect.gen(function* () {
      const brand = yield* Brand
      const worker = yield* RcRef.make({ acquire: startWorker, idleTimeToLive: idleLife })
      // One at a time, so that the timeout is of the synthesis and a text that kills the worker takes no other with it.
      const turn = yield* Semaphore.make(1)

      return Speech.of({
        voice: (locale) => `espeak-${voiceOf(brand, locale).local}`,
        synthesize: Effect.fn("Speech.synthesize")(function* (locale, text) {
          const refusal = refuse(text)
          if (refusal !== undefined) return yield* new SpeechError({ reason: new Rejected({ cause: refusal }) })
          return yield* RcRef.get(worker).pipe(
            Effect.flatMap(({ request }) => request(voiceOf(brand, locale).local, text)),
            Effect.timeoutOrElse({ duration: synthesisTimeout, orElse: () => Effect.fail(tooSlow) }),
            // Whatever went wrong in the worker, the next text gets a new one.
            Effect.tapError(() => RcRef.invalidate(worker)),
            Effect.scoped,
            turn.withPermit,
            Effect.mapError((reason) => new SpeechError({ reason })),
          )
        }),
      })
    }),
  )

/** espeak and LAME, if the optional packages are installed; if not, every synthesis fails and says which to install. */
export const layer = layerWith(start(new URL("./worker.ts", import.meta.url)))

const refuse = (text: string): Error | undefined => {
  const characters = Array.from(text).length
  if (text.trim() === "") return new Error("There is nothing to say.")
  if (characters > maxCharacters)
    return new Error(`The text has ${characters} characters, at most ${maxCharacters} can be said.`)
  return undefined
}

const tooSlow = new Unavailable({ cause: new Error(`No speech within ${Duration.format(synthesisTimeout)}.`) })
