import { execFile } from "node:child_process"
import { coverKeyOf, thumbnailKeyOf } from "@concierge/core/services/VideoShape.ts"
import { largestThumbnail } from "@concierge/local/media/limits.ts"
import * as Effect from "effect/Effect"
import { BadInput } from "../../BadInput.ts"

/** Nothing that says when or with what it was made: the same film gives the same bytes. */
const bare = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact"]

/** Five seconds in, or what comes last before that; drawn as large as the film, and small. */
export const makePictures = Effect.fnUntraced(function* (path: string, seconds: number) {
  const { side } = largestThumbnail
  const at = String(Math.min(5, seconds * 0.7))
  yield* ffmpeg(["-ss", at, "-i", path, "-frames:v", "1", "-q:v", "5", ...bare, coverKeyOf(path)])
  const small = `scale=${side}:${side}:force_original_aspect_ratio=decrease`
  yield* ffmpeg(["-i", coverKeyOf(path), "-vf", small, "-q:v", "4", ...bare, thumbnailKeyOf(path)])
})

const ffmpeg = (args: ReadonlyArray<string>): Effect.Effect<void, BadInput> =>
  Effect.callback((resume) => {
    const child = execFile("ffmpeg", ["-v", "error", "-y", ...args], (error, _, said) => {
      if (error === null) return resume(Effect.void)
      const advice =
        error.code === "ENOENT"
          ? "there is no ffmpeg on this machine: install it, or put a picture of your own beside the video (docs/brands.md)"
          : `ffmpeg makes no picture of it: ${said.split("\n", 1)[0]}`
      resume(Effect.fail(new BadInput({ advice })))
    })
    return Effect.sync(() => child.kill())
  })
