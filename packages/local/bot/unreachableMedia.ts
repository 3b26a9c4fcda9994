import { Media, MediaError } from "@concierge/core/services/Media.ts"
import { Unavailable } from "@concierge/core/services/reasons.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

/** Media that Telegram cannot fetch, on a machine that has no address of its own: they are uploaded. */
export const layer: Layer.Layer<Media, never, Media> = Layer.effect(
  Media,
  Effect.map(Media, (media) =>
    Media.of({
      ...media,
      signedUrl: () => Effect.fail(new MediaError({ reason: new Unavailable({ cause: noAddress }) })),
    }),
  ),
)

const noAddress = new Error("nobody outside can open a link to this machine")
