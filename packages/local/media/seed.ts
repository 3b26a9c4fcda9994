import { fileURLToPath } from "node:url"
import { welcomeVideoKey } from "@concierge/core/brand/brand.ts"
import { type Locale, locales } from "@concierge/core/brand/Locale.ts"
import { Media } from "@concierge/core/services/Media.ts"
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"

/** The sample videos where no welcome video is yet; one that is there is never touched. */
export const seed = Effect.forEach(locales, (locale) => seedOne(locale), { discard: true }).pipe(
  Effect.provide(NodeFileSystem.layer),
)

const seedOne = Effect.fnUntraced(function* (locale: Locale) {
  const media = yield* Media
  const fs = yield* FileSystem.FileSystem
  const key = welcomeVideoKey(locale)
  const copy = Effect.gen(function* () {
    const video = yield* fs.readFile(sample(locale))
    yield* media.put(key, video, "video/mp4")
    yield* Effect.logInfo("sample welcome video put in place", { key })
  })
  yield* media.get(key).pipe(
    Effect.asVoid,
    Effect.catchReason("MediaError", "NotFound", () => copy),
  )
})

const sample = (locale: Locale): string => fileURLToPath(new URL(`../samples/welcome_${locale}.mp4`, import.meta.url))
