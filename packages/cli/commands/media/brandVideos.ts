import { join } from "node:path"
import { brandsFolder } from "@concierge/brands/brands.ts"
import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import { mediaKeysOf } from "@concierge/core/onboarding/steps/video.ts"
import { inspect } from "@concierge/local/media/inspect.ts"
import { readVideo } from "@concierge/local/media/putVideo.ts"
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import * as Effect from "effect/Effect"
import { BadInput } from "../../BadInput.ts"

/** A video of a folder and what Telegram would make of it. */
export const inspectFile = Effect.fnUntraced(function* (path: string) {
  const files = yield* Effect.mapError(
    readVideo(path),
    () => new BadInput({ advice: `${path} is not there, or cannot be read` }),
  )
  return { name: path, files, inspected: yield* inspect(files) }
}, Effect.provide(NodeFileSystem.layer))

/** Those of the brand's folder, by their keys in the store. */
export const brandVideos = (brand: BrandValue) =>
  Effect.forEach(mediaKeysOf(brand), (key) =>
    Effect.map(inspectFile(join(brandsFolder, brand.id, key)), (file) => ({ ...file, name: key })),
  )
