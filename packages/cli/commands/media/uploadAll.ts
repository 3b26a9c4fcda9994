import { forgetFile } from "@concierge/core/operate/forgetFile.ts"
import { Media } from "@concierge/core/services/Media.ts"
import { coverKeyOf, shapeKeyOf, thumbnailKeyOf } from "@concierge/core/services/VideoShape.ts"
import type { VideoFiles } from "@concierge/local/media/inspect.ts"
import { putVideo } from "@concierge/local/media/putVideo.ts"
import * as Effect from "effect/Effect"
import { Found } from "../../Found.ts"
import { progress } from "../../print/progress.ts"
import { err } from "../../print/write.ts"
import { asLines, type Video } from "./shown.ts"

/** All that are not there yet, or, where Telegram would refuse one, none. Old file ids are forgotten last. */
export const uploadAll = Effect.fnUntraced(function* (found: ReadonlyArray<Video>) {
  const wrong = found.filter(({ inspected }) => inspected.problems.length > 0)
  if (wrong.length > 0) {
    yield* err([...wrong.flatMap(asLines), "Nothing was uploaded."].join("\n"))
    return yield* new Found()
  }
  const tell = yield* progress("videos uploaded")
  return yield* Effect.forEach(found, ({ files, inspected: { bytes, shape }, name }, index) =>
    Effect.gen(function* () {
      tell(index, found.length)
      if (yield* isThere(name, files, JSON.stringify(shape))) return { key: name, uploaded: false, bytes }
      yield* putVideo(name, files, shape)
      return { key: name, uploaded: true, bytes, forgotten: yield* forgetFile(name) }
    }),
  )
}, Effect.scoped)

/** Byte for byte, with all that lies beside it. */
const isThere = Effect.fnUntraced(function* (key: string, { cover, thumbnail, video }: VideoFiles, shape: string) {
  const media = yield* Media
  const wanted: ReadonlyArray<readonly [string, Uint8Array | undefined]> = [
    [shapeKeyOf(key), new TextEncoder().encode(shape)],
    [coverKeyOf(key), cover],
    [thumbnailKeyOf(key), thumbnail],
    [key, video],
  ]
  for (const [key, bytes] of wanted) {
    if (bytes === undefined) continue
    const there = yield* media
      .get(key)
      .pipe(Effect.catchReason("MediaError", "NotFound", () => Effect.succeed(undefined)))
    if (there === undefined || Buffer.compare(there, bytes) !== 0) return false
  }
  return true
})
