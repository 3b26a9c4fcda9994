import type { VideoShape } from "@concierge/core/services/VideoShape.ts"
import * as Effect from "effect/Effect"
import { largestByUrl, largestPhoto, largestThumbnail, largestUpload } from "./limits.ts"
import { type Probe, probe } from "./probe.ts"
import { sizeOfJpeg } from "./sizeOfJpeg.ts"

/** A video and the pictures beside it, as they would be put into the media store. */
export interface VideoFiles {
  readonly video: Uint8Array
  readonly cover?: Uint8Array | undefined
  readonly thumbnail?: Uint8Array | undefined
}

export interface Inspected {
  /** What is written beside the object; undefined: it cannot be read. */
  readonly shape?: VideoShape
  readonly container?: string
  readonly codecs?: { readonly video: string; readonly audio: string | undefined }
  readonly bytes: number
  /** Telegram would refuse it, or not play it everywhere. */
  readonly problems: ReadonlyArray<string>
  /** It will do, but not as might be thought. */
  readonly hints: ReadonlyArray<string>
}

/** What Telegram would make of a video. */
export const inspect = Effect.fnUntraced(function* (files: VideoFiles, probing: Probe = probe) {
  const bytes = files.video.length
  const read = yield* Effect.result(probing(files.video))
  if (read._tag === "Failure") {
    const problems = ["it cannot be read as an MP4 video: make one with H.264 and AAC"]
    return { bytes, problems, hints: [] } satisfies Inspected
  }
  const { codecs, container, shape } = read.success
  const pictures = picturesOf(files)
  const isWhole = files.cover !== undefined && files.thumbnail !== undefined && pictures.length === 0
  const problems = [
    ...(bytes > largestUpload ? ["it has over 50 MB, more than a bot may send"] : []),
    ...(container === "MP4" ? [] : [`it is ${container}, which arrives as a file: make an MP4`]),
    ...(codecs.video === "avc" ? [] : [`its picture is ${codecs.video}, which not every phone plays: make it H.264`]),
    ...(codecs.audio === undefined || codecs.audio === "aac" ? [] : [`its sound is ${codecs.audio}: make it AAC`]),
    ...pictures,
  ]
  const hints = [
    ...(bytes > largestByUrl && bytes <= largestUpload ? ["over 20 MB it is uploaded, and not fetched by URL"] : []),
    ...(codecs.audio === undefined ? ["it has no sound, so it comes as an animation"] : []),
    ...(files.cover === undefined || files.thumbnail === undefined ? ["it has no pictures of its own"] : []),
  ]
  return {
    shape: { ...shape, ...(isWhole && { pictures: true }) },
    container,
    codecs,
    bytes,
    problems,
    hints,
  } satisfies Inspected
})

const picturesOf = ({ cover, thumbnail }: VideoFiles): ReadonlyArray<string> => [
  ...(cover === undefined ? [] : coverProblems(cover)),
  ...(thumbnail === undefined ? [] : thumbnailProblems(thumbnail)),
]

const coverProblems = (cover: Uint8Array): ReadonlyArray<string> => {
  const size = sizeOfJpeg(cover)
  if (size === undefined) return ["its cover is no JPEG"]
  const { height, width } = size
  return [
    ...(cover.length > largestPhoto.bytesByUrl ? ["its cover has over 5 MB"] : []),
    ...(width + height > largestPhoto.sides || Math.max(width / height, height / width) > largestPhoto.ratio
      ? [`its cover is ${width}×${height}: 10,000 pixels are the most of both sides, one 20 times the other`]
      : []),
  ]
}

const thumbnailProblems = (thumbnail: Uint8Array): ReadonlyArray<string> => {
  const size = sizeOfJpeg(thumbnail)
  if (size === undefined) return ["its thumbnail is no JPEG"]
  return [
    ...(thumbnail.length >= largestThumbnail.bytes ? ["its thumbnail has over 200 kB"] : []),
    ...(Math.max(size.width, size.height) > largestThumbnail.side
      ? [`its thumbnail is ${size.width}×${size.height}: 320 pixels are the most`]
      : []),
  ]
}
