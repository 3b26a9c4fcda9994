import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { keyForLog, type Media } from "../services/Media.ts"
import { coverKeyOf, shapeKeyOf, thumbnailKeyOf, VideoShapeJson } from "../services/VideoShape.ts"

/** A video's size and length, read only when the file itself is to be sent. Undefined: nobody has written them down. */
export const shapeOf = Effect.fnUntraced(function* (media: Media["Service"], key: string) {
  const bytes = yield* Effect.result(media.get(shapeKeyOf(key)))
  const shape = yield* Effect.result(
    Effect.flatMap(Effect.fromResult(bytes), (bytes) => decode(new TextDecoder().decode(bytes))),
  )
  if (shape._tag === "Success") return shape.success
  yield* Effect.logWarning("a video goes without its size and length, and may be shown square: probe it again", {
    key: keyForLog(key),
    error: shape.failure,
  })
  return undefined
})

const decode = Schema.decodeUnknownEffect(VideoShapeJson)

/** What is shown of a video before it plays; it plays without, too. */
export const picturesOf = Effect.fnUntraced(function* (media: Media["Service"], key: string) {
  const pictures = yield* Effect.result(
    Effect.all({ cover: media.get(coverKeyOf(key)), thumbnail: media.get(thumbnailKeyOf(key)) }, { concurrency: 2 }),
  )
  if (pictures._tag === "Success") return { pictures: pictures.success }
  yield* Effect.logWarning("a video goes without its pictures", { key: keyForLog(key), error: pictures.failure })
  return {}
})
