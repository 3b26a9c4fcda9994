import { mediaKeysOf } from "@concierge/core/onboarding/steps/video.ts"
import { fileIdsOf } from "@concierge/core/operate/forgetFile.ts"
import { Media } from "@concierge/core/services/Media.ts"
import { coverKeyOf, shapeKeyOf, thumbnailKeyOf } from "@concierge/core/services/VideoShape.ts"
import { inspect } from "@concierge/local/media/inspect.ts"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { Found } from "../../Found.ts"
import { asJson } from "../../flags.ts"
import { videos as place } from "../../places/videos.ts"
import { json, out } from "../../print/write.ts"
import { brand, onPlace, stage } from "../../where.ts"
import { asData, asLines, type Video } from "./shown.ts"

export const list = Command.make(
  "list",
  { json: asJson, stage },
  Effect.fnUntraced(function* ({ json: wantsJson, stage }) {
    yield* onPlace(place)(
      stage,
      Effect.gen(function* () {
        const keys = mediaKeysOf(yield* brand)
        const found = yield* Effect.forEach(keys, stored)
        if (wantsJson)
          yield* json(
            found.map(({ fileIds, name, video }) => ({
              ...(video && asData(video)),
              name,
              isThere: video !== undefined,
              fileIds,
            })),
          )
        else yield* out(found.flatMap(linesOf).join("\n"))
        const isWhole = found.every(({ video }) => video !== undefined && video.inspected.problems.length === 0)
        if (!isWhole) return yield* new Found()
      }),
    )
  }),
).pipe(
  Command.withDescription("The videos that the bot sends, as they are stored"),
  Command.withExamples([
    { command: "concierge media list --stage prod", description: "Exit code 1 when one is missing" },
  ]),
)

interface Stored {
  readonly name: string
  readonly video: Video | undefined
  readonly fileIds: number
  readonly isDescribed: boolean
}

const stored = Effect.fnUntraced(function* (name: string) {
  const media = yield* Media
  const bytesOf = (key: string) =>
    media.get(key).pipe(Effect.catchReason("MediaError", "NotFound", () => Effect.succeed(undefined)))
  const fileIds = (yield* fileIdsOf(name)).length
  const bytes = yield* bytesOf(name)
  const isDescribed = (yield* bytesOf(shapeKeyOf(name))) !== undefined
  if (bytes === undefined) return { name, video: undefined, fileIds, isDescribed } satisfies Stored
  const files = {
    video: bytes,
    cover: yield* bytesOf(coverKeyOf(name)),
    thumbnail: yield* bytesOf(thumbnailKeyOf(name)),
  }
  return { name, video: { name, files, inspected: yield* inspect(files) }, fileIds, isDescribed } satisfies Stored
})

const linesOf = ({ fileIds, isDescribed, name, video }: Stored): ReadonlyArray<string> => {
  if (video === undefined) return [`WRONG ${name}`, "      it is not there: concierge media upload"]
  return [
    ...asLines(video),
    ...(isDescribed ? [] : ["      its size and length are not beside it: concierge media upload"]),
    `      ${fileIds > 0 ? "Telegram has it: it is sent by its file id" : "nobody has been sent it yet"}`,
  ]
}
