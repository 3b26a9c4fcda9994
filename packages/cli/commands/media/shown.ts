import type { Inspected, VideoFiles } from "@concierge/local/media/inspect.ts"
import { sizeOfJpeg } from "@concierge/local/media/sizeOfJpeg.ts"

export interface Video {
  readonly name: string
  readonly files: VideoFiles
  readonly inspected: Inspected
}

/** One video as a program reads it. */
export const asData = ({ files, inspected, name }: Video) => {
  const { bytes, codecs, container, hints, problems, shape } = inspected
  return {
    name,
    bytes,
    container,
    codecs,
    ...shape,
    pictures: { cover: pictureOf(files.cover), thumbnail: pictureOf(files.thumbnail) },
    problems,
    hints,
  }
}

const pictureOf = (bytes: Uint8Array | undefined) =>
  bytes === undefined ? undefined : { bytes: bytes.length, ...sizeOfJpeg(bytes) }

/** As many lines as there is something to say, within 80 columns. */
export const asLines = ({ files, inspected, name }: Video): ReadonlyArray<string> => {
  const { bytes, codecs, container, hints, problems, shape } = inspected
  const what =
    shape === undefined
      ? sizeOf(bytes)
      : `${container}, ${codecs?.video} + ${codecs?.audio ?? "no sound"}, ${shape.width}×${shape.height}, ${shape.duration} s, ${sizeOf(bytes)}`
  return [
    `${problems.length === 0 ? "OK   " : "WRONG"} ${name}`,
    `      ${what}`,
    ...(files.cover === undefined || files.thumbnail === undefined
      ? []
      : [`      cover ${picture(files.cover)}, thumbnail ${picture(files.thumbnail)}`]),
    ...[...problems, ...hints].map((said) => `      ${said}`),
  ]
}

const picture = (bytes: Uint8Array): string => {
  const size = sizeOfJpeg(bytes)
  return `${size === undefined ? "no JPEG" : `${size.width}×${size.height}`}, ${sizeOf(bytes.length)}`
}

export const sizeOf = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
