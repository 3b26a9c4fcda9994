import { Media } from "@concierge/core/services/Media.ts"
import { coverKeyOf, shapeKeyOf, thumbnailKeyOf, type VideoShape } from "@concierge/core/services/VideoShape.ts"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import { isMissing } from "../isMissing.ts"
import type { VideoFiles } from "./inspect.ts"

/** A video of a folder, with the pictures that lie beside it under the names that they have in the store. */
export const readVideo = Effect.fnUntraced(function* (file: string) {
  const fs = yield* FileSystem.FileSystem
  const beside = (path: string) =>
    Effect.catchIf(fs.readFile(path), isMissing, () => Effect.succeed<Uint8Array | undefined>(undefined))
  return {
    video: yield* fs.readFile(file),
    cover: yield* beside(coverKeyOf(file)),
    thumbnail: yield* beside(thumbnailKeyOf(file)),
  } satisfies VideoFiles
})

/** What is known of a video, written beside it: its pictures before what says that they are there. */
export const putBeside = Effect.fnUntraced(function* (key: string, files: VideoFiles, shape: VideoShape) {
  const media = yield* Media
  if (files.cover !== undefined) yield* media.put(coverKeyOf(key), files.cover, "image/jpeg")
  if (files.thumbnail !== undefined) yield* media.put(thumbnailKeyOf(key), files.thumbnail, "image/jpeg")
  yield* media.put(shapeKeyOf(key), new TextEncoder().encode(JSON.stringify(shape)), "application/json")
})

/** A video in its place, whatever is there. Of one that cannot be read nothing is known. */
export const putVideo = Effect.fnUntraced(function* (key: string, files: VideoFiles, shape: VideoShape | undefined) {
  const media = yield* Media
  if (shape !== undefined) yield* putBeside(key, files, shape)
  yield* media.put(key, files.video, "video/mp4")
})
