import { brand } from "@concierge/brands/concierge/brand.ts"
import { voiceOf } from "@concierge/core/brand/Brand.ts"
import type { Locale } from "@concierge/core/brand/Locale.ts"
import { Unavailable } from "@concierge/core/services/reasons.ts"
import { Rejected, Speech, SpeechError, Throttled } from "@concierge/core/services/Speech.ts"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Bucket } from "../../packages/local/telegram/bucket.ts"

const cause = new Error("the voice is out of order")

export const throttled = new SpeechError({ reason: new Throttled({ cause }) })
export const refused = new SpeechError({ reason: new Rejected({ cause }) })
export const down = new SpeechError({ reason: new Unavailable({ cause }) })

/** What the test says of the voice, and what it was asked to say. */
export class SpeechTest extends Context.Service<
  SpeechTest,
  {
    readonly asked: Array<{ readonly locale: Locale; readonly text: string }>
    /** What the voice fails of, until the test says otherwise. */
    error: SpeechError | undefined
    /** How long it takes, in milliseconds. */
    takes: number
    /** How often it may be asked. */
    limit: Bucket | undefined
  }
>()("tests/layers/SpeechTest") {}

const testLayer = Layer.sync(SpeechTest, () =>
  SpeechTest.of({ asked: [], error: undefined, takes: 0, limit: undefined }),
)

const serviceLayer = Layer.effect(
  Speech,
  Effect.map(SpeechTest, (test) =>
    Speech.of({
      voice: (locale) => voiceOf(brand, locale).id,
      synthesize: Effect.fnUntraced(function* (locale: Locale, text: string) {
        const now = yield* Clock.currentTimeMillis
        if (test.limit?.fits(now) === false) return yield* throttled
        test.limit?.take(now)
        test.asked.push({ locale, text })
        yield* Effect.sleep(test.takes)
        if (test.error !== undefined) return yield* test.error
        return new TextEncoder().encode(`${locale}: ${text}`)
      }),
    }),
  ),
)

/** A voice as the test wants it; the audio is the text. */
export const speechLayer = serviceLayer.pipe(Layer.provideMerge(testLayer))
