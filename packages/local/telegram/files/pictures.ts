import * as Effect from "effect/Effect"
import type * as HttpClient from "effect/http/HttpClient"
import { largestPhoto, largestThumbnail } from "../../media/limits.ts"
import { sizeOfJpeg } from "../../media/sizeOfJpeg.ts"
import { type BotApiError, badRequest } from "../errors.ts"
import { type PhotoSize, typeOf } from "../model.ts"
import type { Params, Upload } from "../params.ts"
import { Files } from "./Files.ts"
import { fetchUrl } from "./fetchUrl.ts"

/** A thumbnail that is not as it should be, or is no upload, is passed over without a word. */
export const thumbnailOf = Effect.fnUntraced(function* (
  params: Params,
): Effect.fn.Return<PhotoSize | undefined, never, Files> {
  const upload = uploadOf("thumbnail", params)
  const size = upload === undefined ? undefined : sizeOfJpeg(upload.bytes)
  if (upload === undefined || size === undefined || Math.max(size.width, size.height) > largestThumbnail.side)
    return undefined
  return upload.bytes.length >= largestThumbnail.bytes ? undefined : yield* keep(upload, size)
})

/** The picture in front of a video: by the id of a photo that the bot knows, by URL, or as an upload. */
export const coverOf = Effect.fn("Files.coverOf")(function* (
  params: Params,
): Effect.fn.Return<PhotoSize | undefined, BotApiError, Files | HttpClient.HttpClient> {
  const { cover } = params.values
  const upload = uploadOf("cover", params)
  if (upload !== undefined) return yield* keepPhoto(upload)
  if (typeof cover !== "string" || cover === "") return undefined
  if (/^https?:\/\//i.test(cover)) {
    const fetched = yield* fetchUrl(cover)
    if (fetched.bytes.length > largestPhoto.bytesByUrl) return yield* badRequest("failed to get HTTP URL content")
    return yield* keepPhoto(fetched)
  }
  const stored = (yield* Files).get(cover)
  if (stored === undefined) return yield* badRequest("wrong file identifier/HTTP URL specified")
  if (stored.kind !== "photo") return yield* badRequest(`can't use file of type ${typeOf(stored.kind)} as Photo`)
  return sizeOf(stored.media)
})

const keepPhoto = Effect.fnUntraced(function* (photo: Upload) {
  const size = sizeOfJpeg(photo.bytes)
  if (size === undefined) return yield* badRequest("IMAGE_PROCESS_FAILED")
  if (photo.bytes.length > largestPhoto.bytes) return yield* badRequest("file is too big")
  const { height, width } = size
  const isOdd = width + height > largestPhoto.sides || Math.max(width / height, height / width) > largestPhoto.ratio
  return isOdd ? yield* badRequest("PHOTO_INVALID_DIMENSIONS") : yield* keep(photo, size)
})

const keep = (photo: Upload, shape: { readonly width: number; readonly height: number }) =>
  Files.use((files) =>
    Effect.sync(() => sizeOf(files.keep({ ...photo, kind: "photo", contentType: "image/jpeg", shape }).media)),
  )

const sizeOf = ({
  file_id,
  file_size,
  file_unique_id,
  height = 0,
  width = 0,
}: Omit<PhotoSize, "width" | "height"> & {
  readonly width?: number
  readonly height?: number
}): PhotoSize => ({ file_id, file_unique_id, file_size, width, height })

/** In the field itself, or in another that it names. */
const uploadOf = (field: string, { uploads, values }: Params): Upload | undefined => {
  const value = values[field]
  const named = typeof value === "string" && value.startsWith("attach://") ? value.slice("attach://".length) : field
  return uploads.get(named)
}
