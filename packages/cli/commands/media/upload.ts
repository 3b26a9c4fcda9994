import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { asJson } from "../../flags.ts"
import { videos as place } from "../../places/videos.ts"
import { json, out } from "../../print/write.ts"
import { brand, onPlace, stage } from "../../where.ts"
import { brandVideos } from "./brandVideos.ts"
import { sizeOf } from "./shown.ts"
import { uploadAll } from "./uploadAll.ts"

export const upload = Command.make(
  "upload",
  { json: asJson, stage },
  Effect.fnUntraced(function* ({ json: wantsJson, stage }) {
    yield* onPlace(place)(
      stage,
      Effect.gen(function* () {
        const found = yield* brandVideos(yield* brand)
        const done = yield* uploadAll(found)
        if (wantsJson) return yield* json(done)
        yield* out(
          done
            .map(({ bytes, forgotten = 0, key, uploaded }) =>
              uploaded
                ? `${key}: ${sizeOf(bytes)} uploaded${forgotten > 0 ? ", and the file id of the old one forgotten" : ""}`
                : `${key}: it is there already`,
            )
            .join("\n"),
        )
        if (done.some(({ forgotten = 0 }) => forgotten > 0))
          yield* out("A worker that is running may send the old one for 15 minutes more.")
      }),
    )
  }),
).pipe(
  Command.withDescription("Put the brand's videos where its bot takes them from, unless one would be refused"),
  Command.withExamples([
    { command: "concierge media upload --stage prod", description: "After a change, or the first time" },
  ]),
)
