import * as Schema from "effect/Schema"

/** What Telegram does not find out by itself of a video over some 10 MB, which it shows square and without length then. */
export const VideoShape = Schema.Struct({
  /** Pixels, as it is to be shown: turned, if the file says so. */
  width: Schema.Int,
  height: Schema.Int,
  /** Whole seconds. */
  duration: Schema.Int,
  /** Its pictures lie beside it, see {@link coverKeyOf} and {@link thumbnailKeyOf}. */
  pictures: Schema.optionalKey(Schema.Literal(true)),
})
export type VideoShape = typeof VideoShape.Type

export const VideoShapeJson = Schema.fromJsonString(VideoShape)

/** Beside the object, written when that was. */
export const shapeKeyOf = (key: string): string => `${key}.json`

/** A JPEG as large as the video: what stands in the chat until somebody plays it. */
export const coverKeyOf = (key: string): string => `${key}.jpg`

/** The same, small: at most 200 kB, at most 320 pixels wide and high (Bot API, sendVideo). */
export const thumbnailKeyOf = (key: string): string => `${key}.small.jpg`
