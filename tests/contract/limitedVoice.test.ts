import * as GreetingsLayer from "@concierge/core/layers/Greetings.ts"
import * as NoMetrics from "@concierge/core/layers/NoMetrics.ts"
import { Greetings } from "@concierge/core/services/Greetings.ts"
import { Unavailable } from "@concierge/core/services/reasons.ts"
import { Speech, SpeechError, Throttled } from "@concierge/core/services/Speech.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import * as Schedule from "effect/Schedule"
import * as SqliteSettings from "../../packages/local/store/Settings.ts"
import * as Tables from "../../packages/local/store/Tables.ts"
import { makeBucket } from "../../packages/local/telegram/bucket.ts"
import { mediaLayer } from "../layers/media.ts"
import { untilDone } from "../layers/untilDone.ts"

const cause = new Error("out of order")
const speechDown = Effect.fail(new SpeechError({ reason: new Unavailable({ cause }) }))
const memorySettings = () => SqliteSettings.layer.pipe(Layer.provide(Tables.layer(":memory:")))

/** Takes as many as Polly, each for so long; `fails` fails once. */
const limitedVoice = (millis: number, fails?: string) => {
  const spoken: Array<string> = []
  const bucket = makeBucket({ perSecond: 8, burst: 10 })
  const limited = Layer.succeed(Speech, {
    voice: () => "Lucia",
    synthesize: (_, text) =>
      Effect.flatMap(Clock.currentTimeMillis, (now) => {
        if (!bucket.fits(now)) return new SpeechError({ reason: new Throttled({ cause }) })
        bucket.take(now)
        spoken.push(text)
        const isFirst = spoken.indexOf(text) === spoken.length - 1
        return Effect.delay(
          text === fails && isFirst ? speechDown : Effect.succeed(new TextEncoder().encode(text)),
          millis,
        )
      }),
  })
  return { limited, spoken }
}

/** Of several that share all but their memory. */
const worker = Effect.map(Layer.build(Layer.fresh(GreetingsLayer.layer)), (built) => Context.get(built, Greetings))

/** Who has too many before them comes again after ten to fifteen seconds, as their update does, or after `again`. */
const heardIn = (workers: ReadonlyArray<Greetings["Service"]>, names: ReadonlyArray<string>, again = 10_000) =>
  untilDone(
    Effect.forEach(
      workers.flatMap(({ greeting }) => names.map((name, index) => [greeting("es", name).audio, index] as const)),
      ([audio, index]) =>
        audio.pipe(
          Effect.retry({
            while: ({ _tag }) => _tag === "Crowded",
            schedule: Schedule.spaced(again * (1 + index / names.length / 2)),
          }),
          Effect.result,
        ),
      { concurrency: "unbounded" },
    ),
  )

describe("greetings of a voice that is limited", () => {
  it.effect("a name that several wait for in two workers is asked for once, while the voice is limited", () => {
    const { limited, spoken } = limitedVoice(400)
    const shared = Layer.mergeAll(mediaLayer, NoMetrics.layer, limited, memorySettings())
    return Effect.gen(function* () {
      const names = Array.from({ length: 40 }, (_, index) => `Hola ${index}`)
      const heard = yield* heardIn(yield* Effect.all([worker, worker]), names)
      assert.lengthOf(heard.filter(Result.isFailure), 0)
      assert.deepStrictEqual(spoken.toSorted(), names.toSorted())
    }).pipe(Effect.provide(shared), Effect.scoped)
  })

  it.effect("what failed in one worker is asked for at once by another that waits for it", () => {
    const { limited, spoken } = limitedVoice(400, "Hola 20")
    const shared = Layer.mergeAll(mediaLayer, NoMetrics.layer, limited, memorySettings())
    return Effect.gen(function* () {
      const from = yield* Clock.currentTimeMillis
      const names = Array.from({ length: 24 }, (_, index) => `Hola ${index}`)
      const heard = yield* heardIn(yield* Effect.all([worker, worker]), names, 1_000)
      assert.lengthOf(heard.filter(Result.isFailure), 1)
      assert.lengthOf(
        spoken.filter((text) => text === "Hola 20"),
        2,
      )
      // Not after the ten seconds in which it would be taken for dead.
      assert.isAtMost((yield* Clock.currentTimeMillis) - from, 9_000)
    }).pipe(Effect.provide(shared), Effect.scoped)
  })

  it.effect.each([300, 2_500])(
    "a limit of a voice that takes %i ms is waited for in turn, and nobody's greeting is text for it",
    (millis) => {
      const layer = GreetingsLayer.layer.pipe(
        Layer.provide([mediaLayer, NoMetrics.layer, memorySettings(), limitedVoice(millis).limited]),
      )
      return Effect.gen(function* () {
        const from = yield* Clock.currentTimeMillis
        const names = Array.from({ length: 60 }, (_, index) => `Hola ${index}`)
        const heard = yield* heardIn([yield* Greetings], names)
        assert.lengthOf(heard.filter(Result.isFailure), 0)
        assert.isAtMost((yield* Clock.currentTimeMillis) - from, 17_000 + millis)
      }).pipe(Effect.provide(layer))
    },
  )
})
