import { join } from "node:path"
import { brandsFolder } from "@concierge/brands/brands.ts"
import { Brand, localesOf } from "@concierge/core/brand/Brand.ts"
import { mediaKey } from "@concierge/core/onboarding/steps/video.ts"
import { Media } from "@concierge/core/services/Media.ts"
import { shapeKeyOf } from "@concierge/core/services/VideoShape.ts"
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import { probe } from "./probe.ts"

/** The brand's videos where none are yet; one that is there is never touched. */
export const seed = Effect.gen(function* () {
  const brand = yield* Brand
  const keys = brand.flow.steps.flatMap((step) =>
    step.kind === "video" ? localesOf(brand).map((locale) => mediaKey(step, locale)) : [],
  )
  yield* Effect.forEach(keys, (key) => seedOne(join(brandsFolder, brand.id, key), key), { discard: true })
}).pipe(Effect.provide(NodeFileSystem.layer))

const seedOne = Effect.fnUntraced(function* (file: string, key: string) {
  const media = yield* Media
  const fs = yield* FileSystem.FileSystem
  const copy = Effect.gen(function* () {
    yield* media.put(key, yield* fs.readFile(file), "video/mp4")
    yield* Effect.logInfo("the brand's video put in place", { key })
  })
  yield* media.get(key).pipe(
    Effect.asVoid,
    Effect.catchReason("MediaError", "NotFound", () => copy),
  )
  yield* media.get(shapeKeyOf(key)).pipe(
    Effect.asVoid,
    Effect.catchReason("MediaError", "NotFound", () => writeShape(key)),
  )
})

/** A video that cannot be probed is sent as it is. */
const writeShape = Effect.fnUntraced(
  function* (key: string) {
    const media = yield* Media
    const shape = yield* probe(yield* media.get(key))
    yield* media.put(shapeKeyOf(key), new TextEncoder().encode(JSON.stringify(shape)), "application/json")
  },
  (effect, key) =>
    Effect.catchTag(effect, "NoVideo", (error) =>
      Effect.logWarning("this is no video that can be read", { key, error }),
    ),
)
