import type { Unavailable } from "@concierge/core/services/reasons.ts"
import { Speech } from "@concierge/core/services/Speech.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import * as TestClock from "effect/testing/TestClock"
import * as espeak from "../../packages/local/speech/espeak.ts"
import { type SpeechWorker, start } from "../../packages/local/speech/SpeechWorker.ts"
import { brandLayer } from "../layers/brand.ts"

const english = "Hello Ana, and welcome."
const mortal = new URL("./fixtures/mortalWorker.ts", import.meta.url)

const speechOn = (startWorker: Parameters<typeof espeak.layerWith>[0]) =>
  Layer.provide(espeak.layerWith(startWorker), brandLayer)

describe("Speech worker", () => {
  it.effect("a text that kills it fails alone, the others get a new one", () =>
    Effect.gen(function* () {
      const speech = yield* Speech
      yield* speech.synthesize("en", english)
      const [before, died, after] = yield* Effect.all(
        [english, "die", english].map((text) => Effect.result(speech.synthesize("en", text))),
        { concurrency: "unbounded" },
      )
      assert.isTrue(before && Result.isSuccess(before) && after && Result.isSuccess(after))
      assert.isTrue(died && Result.isFailure(died) && died.failure.reason._tag === "Unavailable")
    }).pipe(Effect.provide(speechOn(start(mortal)))),
  )

  it.effect("its death fails all it was asked, before and after", () =>
    Effect.gen(function* () {
      const { request } = yield* start(mortal)
      const errors = yield* Effect.forEach(["die", "one", "two"], (text) => Effect.flip(request("en-us", text)), {
        concurrency: "unbounded",
      })
      errors.push(yield* Effect.flip(request("en-us", "three")))
      for (const { cause } of errors) assert.include(String(cause), "code 7")
    }),
  )

  it.effect("where a package is missing, says which", () =>
    Effect.gen(function* () {
      const speech = yield* Speech
      const { reason } = yield* Effect.flip(speech.synthesize("en", english))
      assert.strictEqual(reason._tag, "Unavailable")
      assert.include(String(reason.cause), "@echogarden/espeak-ng-emscripten")
      assert.include(String(reason.cause), "npm install")
    }).pipe(Effect.provide(speechOn(start(new URL("./fixtures/bareWorker.ts", import.meta.url))))),
  )

  it.effect("is asked to say as much as Polly would, and no more", () => {
    const counted = countedWorker(() => Effect.succeed(Uint8Array.of(1)))
    return Effect.gen(function* () {
      const speech = yield* Speech
      for (const text of ["a".repeat(3001), "", " \n"]) {
        const { reason } = yield* Effect.flip(speech.synthesize("en", text))
        assert.strictEqual(reason._tag, "Rejected")
      }
      assert.deepStrictEqual(counted.lives, [])
      for (const text of ["a", "a".repeat(3000), "👋".repeat(3000)]) yield* speech.synthesize("en", text)
    }).pipe(Effect.provide(speechOn(counted.start)))
  })

  it.effect("starts at the first text and ends after an idle minute", () => {
    const counted = countedWorker(() => Effect.succeed(Uint8Array.of(1)))
    return Effect.gen(function* () {
      const speech = yield* Speech
      const say = speech.synthesize("en", english)
      assert.deepStrictEqual(counted.lives, [])
      yield* say
      yield* TestClock.adjust("50 seconds")
      yield* say
      yield* TestClock.adjust("59 seconds")
      assert.deepStrictEqual(counted.lives, ["started"])
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(counted.lives, ["started", "ended"])
      yield* say
      assert.deepStrictEqual(counted.lives, ["started", "ended", "started"])
    }).pipe(Effect.provide(speechOn(counted.start)))
  })

  it.effect("ends with the scope", () => {
    const counted = countedWorker(() => Effect.succeed(Uint8Array.of(1)))
    return Effect.gen(function* () {
      const say = Speech.use((speech) => speech.synthesize("en", english))
      yield* Effect.provide(say, speechOn(counted.start), { local: true })
      assert.deepStrictEqual(counted.lives, ["started", "ended"])
    })
  })

  it.effect("one that does not answer is given up after ten seconds", () => {
    const counted = countedWorker((text) => (text === "silence" ? Effect.never : Effect.succeed(Uint8Array.of(1))))
    return Effect.gen(function* () {
      const speech = yield* Speech
      const stuck = yield* Effect.forkChild(Effect.flip(speech.synthesize("en", "silence")))
      yield* TestClock.adjust(espeak.synthesisTimeout)
      const { reason } = yield* Fiber.join(stuck)
      assert.strictEqual(reason._tag, "Unavailable")
      assert.deepStrictEqual(yield* speech.synthesize("en", english), Uint8Array.of(1))
      assert.deepStrictEqual(counted.lives, ["started", "ended", "started"])
    }).pipe(Effect.provide(speechOn(counted.start)))
  })
})

/** A worker without a thread, whose life can be looked at. */
const countedWorker = (answer: (text: string) => Effect.Effect<Uint8Array, Unavailable>) => {
  const lives: Array<string> = []
  const worker: SpeechWorker = { request: (_, text) => answer(text) }
  return {
    lives,
    start: Effect.acquireRelease(
      Effect.sync(() => {
        lives.push("started")
        return worker
      }),
      () => Effect.sync(() => lives.push("ended")),
    ),
  }
}
