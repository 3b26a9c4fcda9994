import * as Schema from "effect/Schema"

/** What Telegram does not find out by itself of a video over some 10 MB, which it shows square and without length then. */
export const VideoShape = Schema.Struct({
  /** Pixels, as it is to be shown: turned, if the file says so. */
  width: Schema.Int,
  height: Schema.Int,
  /** Whole seconds. */
  duration: Schema.Int,
})
export type VideoShape = typeof VideoShape.Type

export const VideoShapeJson = Schema.fromJsonString(VideoShape)

/** Beside the object, written when that was. */
export const shapeKeyOf = (key: string): string => `${key}.json`
