import { join } from "node:path"
import { brandsFolder } from "@concierge/brands/brands.ts"
import { Brand } from "@concierge/core/brand/Brand.ts"
import { mediaKeysOf } from "@concierge/core/onboarding/steps/video.ts"
import { Media, type MediaError } from "@concierge/core/services/Media.ts"
import { shapeKeyOf } from "@concierge/core/services/VideoShape.ts"
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import * as Effect from "effect/Effect"
import { inspect } from "./inspect.ts"
import { probeAside } from "./probe.ts"
import { putBeside, putVideo, readVideo } from "./putVideo.ts"

/** The brand's videos where none are yet; one that is there is never touched. */
export const seed = Effect.gen(function* () {
  const brand = yield* Brand
  yield* Effect.forEach(mediaKeysOf(brand), (key) => seedOne(join(brandsFolder, brand.id, key), key), { discard: true })
}).pipe(Effect.provide(NodeFileSystem.layer))

const seedOne = Effect.fnUntraced(function* (file: string, key: string) {
  const media = yield* Media
  const files = yield* readVideo(file)
  const there = yield* orMissing(media.get(key))
  if (there === undefined) {
    yield* putVideo(key, files, (yield* inspect(files, probeAside)).shape)
    return yield* Effect.logInfo("the brand's video put in place", { key })
  }
  const isOurs = Buffer.compare(there, files.video) === 0
  const known = yield* orMissing(media.get(shapeKeyOf(key)))
  const lacksPictures = isOurs && files.cover !== undefined && !new TextDecoder().decode(known).includes("pictures")
  if (known !== undefined && !lacksPictures) return
  // The pictures are those of the brand's own video.
  const own = isOurs ? files : { video: there }
  const { shape } = yield* inspect(own, probeAside)
  if (shape === undefined) yield* Effect.logWarning("this is no video that can be read", { key })
  else yield* putBeside(key, own, shape)
})

const orMissing = (bytes: Effect.Effect<Uint8Array, MediaError>) =>
  Effect.catchReason(bytes, "MediaError", "NotFound", () => Effect.succeed<Uint8Array | undefined>(undefined))
