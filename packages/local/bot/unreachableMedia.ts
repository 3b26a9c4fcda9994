import { Media, MediaError, NotFound } from "@concierge/core/services/Media.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

/** Media that Telegram cannot fetch, on a machine that has no address of its own: they are uploaded. */
export const layer: Layer.Layer<Media, never, Media> = Layer.effect(
  Media,
  Effect.map(Media, (media) =>
    Media.of({
      ...media,
      signedUrl: (key) => Effect.fail(new MediaError({ reason: new NotFound({ key }) })),
    }),
  ),
)
