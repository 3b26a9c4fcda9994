import { dirname } from "node:path"
import type { Archive } from "@concierge/core/services/Archive.ts"
import type { Media } from "@concierge/core/services/Media.ts"
import type { Settings } from "@concierge/core/services/Settings.ts"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { BadInput } from "../BadInput.ts"
import { dataFile } from "./dataFile.ts"
import type { Place } from "./Place.ts"
import { stores } from "./stores.ts"

type Videos = Archive | Media | Settings

const here: Place<Videos>["here"] = Layer.unwrap(
  Effect.gen(function* () {
    const directory = dirname(yield* dataFile)
    const files = yield* Effect.promise(() => import("@concierge/local/media/files.ts"))
    // No link is made here, so it does not matter whose the host is.
    const media = files.layer({ directory, origin: "http://127.0.0.1" })
    return Layer.merge(
      stores.here,
      Layer.catch(media, ({ message }) =>
        Layer.unwrap(Effect.fail(new BadInput({ advice: `${directory} cannot be written: ${message}` }))),
      ),
    )
  }),
)

const stage: Place<Videos>["stage"] = Layer.unwrap(
  Effect.gen(function* () {
    const [{ environment }, { linked, problemOf }, media] = yield* Effect.promise(() =>
      Promise.all([
        import("@concierge/aws/lambda/environment.ts"),
        import("@concierge/aws/lambda/read.ts"),
        import("@concierge/aws/s3/Media.ts"),
      ]),
    )
    const buckets = Config.all({
      mediaBucket: linked("MediaBucket", "name"),
      greetingsBucket: linked("GreetingsBucket", "name"),
    })
    const names = yield* Effect.provide(buckets, environment).pipe(
      Effect.mapError(
        (error) => new BadInput({ advice: `${problemOf(error)}. Run it with --stage, or inside sst shell` }),
      ),
    )
    // An operator's line may be a slow one.
    return Layer.merge(stores.stage, media.layer({ ...names, timeout: "10 minutes" }))
  }),
)

/** What the videos are put into, and what is known of them. */
export const videos: Place<Videos> = { here, stage }
