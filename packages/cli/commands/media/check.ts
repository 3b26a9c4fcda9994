import { join } from "node:path"
import { brandsFolder } from "@concierge/brands/brands.ts"
import { mediaKeysOf } from "@concierge/core/onboarding/steps/video.ts"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { Found } from "../../Found.ts"
import { asJson, toggle } from "../../flags.ts"
import { progress } from "../../print/progress.ts"
import { json, out } from "../../print/write.ts"
import { brand } from "../../where.ts"
import { inspectFile } from "./brandVideos.ts"
import { makePictures } from "./pictures.ts"
import { asData, asLines } from "./shown.ts"

const files = Argument.String("file").pipe(
  Argument.withDescription("MP4 videos; without any, those of the brand's folder"),
  Argument.variadic(),
)
const pictures = toggle("pictures", "Make cover and thumbnail anew with ffmpeg, and write them beside each video")

export const check = Command.make(
  "check",
  { files, json: asJson, pictures },
  Effect.fnUntraced(function* ({ files, json: wantsJson, pictures }) {
    const theBrand = yield* brand
    const paths = files.length > 0 ? files : mediaKeysOf(theBrand).map((key) => join(brandsFolder, theBrand.id, key))
    const videos = yield* Effect.scoped(
      Effect.gen(function* () {
        const tell = yield* progress("videos looked at")
        return yield* Effect.forEach(paths, (path, index) =>
          Effect.gen(function* () {
            tell(index, paths.length)
            const before = yield* inspectFile(path)
            if (!pictures || before.inspected.shape === undefined) return before
            yield* makePictures(path, before.inspected.shape.duration)
            return yield* inspectFile(path)
          }),
        )
      }),
    )
    yield* wantsJson ? json(videos.map(asData)) : out(videos.flatMap(asLines).join("\n"))
    if (videos.some(({ inspected }) => inspected.problems.length > 0)) return yield* new Found()
  }),
).pipe(
  Command.withDescription("What Telegram would make of each video"),
  Command.withExamples([
    { command: "concierge media check", description: "The brand's own" },
    { command: "concierge media check --pictures film_en.mp4", description: "A new one, with its pictures" },
  ]),
)
