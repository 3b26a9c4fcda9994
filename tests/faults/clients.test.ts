import * as Speech from "@concierge/aws/polly/Speech.ts"
import * as Media from "@concierge/aws/s3/Media.ts"
import * as GreetingsLayer from "@concierge/core/layers/Greetings.ts"
import { FileIds } from "@concierge/core/services/FileIds.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { vi } from "vitest"
import { states, welcomeVideoKey } from "../fixtures/concierge.ts"
import { brandLayer } from "../layers/brand.ts"
import { tell } from "../layers/drive.ts"
import { eventOf, queued, userOf } from "../layers/seen.ts"
import { TelegramTest } from "../layers/telegram.ts"
import { inWorld } from "../layers/testWorld.ts"
import { says, somebody, taps } from "../layers/updates.ts"

const { unreadable } = vi.hoisted(() => ({
  /** As where a file beside the bundle cannot be read. */
  unreadable: {
    open: () => {
      throw new Error("EMFILE: too many open files")
    },
  },
}))
vi.mock("../../packages/aws/s3/s3.ts", () => unreadable)
vi.mock("../../packages/aws/polly/polly.ts", () => unreadable)

const greetings = Layer.fresh(GreetingsLayer.layer)
const s3 = greetings.pipe(
  Layer.provideMerge(Media.layer({ mediaBucket: "media-bucket", greetingsBucket: "greetings-bucket" })),
)
const polly = greetings.pipe(Layer.provideMerge(Speech.layer), Layer.provide(brandLayer))

const taken = (method: string, how: { readonly degraded?: boolean } = {}) =>
  Effect.gen(function* () {
    const ana = somebody()
    // Telegram has the video already.
    yield* FileIds.use((files) => files.remember(welcomeVideoKey("en"), { fileId: "video-1" }))
    const tap = yield* taps(ana, "play_audio")
    yield* tell(says(ana, "/start"), Effect.succeed(tap))
    assert.strictEqual((yield* TelegramTest).sends().at(-1)?.method, method)
    assert.deepInclude(yield* eventOf(tap), { outcome: "applied", deliveries: 1, ...how })
    assert.deepInclude(yield* userOf(ana), { state: states.greeting, ambiguous: 0 })
    assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
  })

describe("a client that cannot be loaded", () => {
  it.effect("S3's: the greeting is spoken all the same, at the first receive (a step is never left out)", () =>
    taken("sendVoice").pipe(Effect.provide(s3), inWorld),
  )

  it.effect("Polly's: the greeting comes as text, at the first receive (a step is never left out)", () =>
    taken("sendMessage", { degraded: true }).pipe(Effect.provide(polly), inWorld),
  )
})
