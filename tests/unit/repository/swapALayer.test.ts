import * as Greetings from "@concierge/core/layers/Greetings.ts"
import * as NoMetrics from "@concierge/core/layers/NoMetrics.ts"
import { Greetings as Service } from "@concierge/core/services/Greetings.ts"
import { Media } from "@concierge/core/services/Media.ts"
import { Unavailable } from "@concierge/core/services/reasons.ts"
import { Speech, SpeechError } from "@concierge/core/services/Speech.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as SqliteSettings from "../../../packages/local/store/Settings.ts"
import * as Tables from "../../../packages/local/store/Tables.ts"
import { mediaLayer } from "../../layers/media.ts"

/** A voice that is down, in the place of Polly or espeak. */
const silent = Layer.succeed(Speech, {
  voice: () => "Nobody",
  synthesize: () => Effect.fail(new SpeechError({ reason: new Unavailable({ cause: new Error("down") }) })),
})

/** The layer under test is the real one, on a store in memory and that voice. */
const greetings = Greetings.layer.pipe(
  Layer.provide(Layer.mergeAll(silent, NoMetrics.layer, Layer.provide(SqliteSettings.layer, Tables.layer(":memory:")))),
  Layer.provideMerge(mediaLayer),
)

describe("greetings while the voice is down", () => {
  it.effect("come from the cache if they were ever made, and fail with a typed error if not", () =>
    Effect.gen(function* () {
      const { greeting } = yield* Service
      const { audio, key } = greeting("en", "Hello, Ana!")

      const error = yield* Effect.flip(audio)
      assert.nestedPropertyVal(error, "reason._tag", "Unavailable")

      yield* (yield* Media).put(key, new TextEncoder().encode("mp3"), "audio/mpeg")
      assert.strictEqual(new TextDecoder().decode(yield* audio), "mp3")
    }).pipe(Effect.provide(greetings)),
  )
})
