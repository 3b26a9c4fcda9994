import { Media, MediaError } from "@concierge/core/services/Media.ts"
import { Speech, SpeechError } from "@concierge/core/services/Speech.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { LinkRefused, MediaLinks } from "../media/MediaLinks.ts"
import { Outages } from "./Outages.ts"

const media = Layer.effect(
  Media,
  Effect.gen(function* () {
    const { instead } = yield* Outages
    const { get, put, signedUrl } = yield* Media
    const toError = (reason: MediaError["reason"]) => new MediaError({ reason })
    return Media.of({
      get: (key) => instead("media", "Media.get", get(key), toError),
      put: (key, bytes, type) => instead("media", "Media.put", put(key, bytes, type), toError),
      // Made without the store, as S3's are: it is their reader who finds nothing.
      signedUrl,
    })
  }),
)

const links = Layer.effect(
  MediaLinks,
  Effect.gen(function* () {
    const { instead } = yield* Outages
    const { check, to } = yield* MediaLinks
    const refused = () => new LinkRefused({ message: "The store cannot be read." })
    return MediaLinks.of({
      to,
      check: (key, claim) => instead("media", "MediaLinks.check", check(key, claim), refused),
    })
  }),
)

const speech = Layer.effect(
  Speech,
  Effect.gen(function* () {
    const { instead } = yield* Outages
    const { synthesize, voice } = yield* Speech
    return Speech.of({
      voice,
      synthesize: (locale, text) =>
        instead("speech", "Speech.synthesize", synthesize(locale, text), (reason) => new SpeechError({ reason })),
    })
  }),
)

/** Files and voice of the machine, but for when they are out. */
export const machineLayer: Layer.Layer<Media | MediaLinks | Speech, never, Media | MediaLinks | Speech | Outages> =
  Layer.mergeAll(media, links, speech)
