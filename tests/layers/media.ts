import { brand } from "@concierge/brands/concierge/brand.ts"
import { localesOf } from "@concierge/core/brand/Brand.ts"
import { Media, MediaError, NotFound } from "@concierge/core/services/Media.ts"
import { Unavailable } from "@concierge/core/services/reasons.ts"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { welcomeVideoKey } from "../fixtures/concierge.ts"

/** The objects in memory, the welcome videos among them, and what is out of order. */
export class MediaTest extends Context.Service<
  MediaTest,
  {
    readonly objects: Map<string, Uint8Array>
    readonly asked: Array<{ readonly method: "get" | "put" | "signedUrl"; readonly key: string }>
    readonly broken: Set<"get" | "put" | "signedUrl">
  }
>()("tests/layers/MediaTest") {}

const testLayer = Layer.sync(MediaTest, () =>
  MediaTest.of({
    objects: new Map(
      localesOf(brand).map((locale) => [welcomeVideoKey(locale), new TextEncoder().encode(`video ${locale}`)]),
    ),
    asked: [],
    broken: new Set(),
  }),
)

const serviceLayer = Layer.effect(
  Media,
  Effect.map(MediaTest, ({ asked, broken, objects }) => {
    const ask = (method: "get" | "put" | "signedUrl", key: string) =>
      Effect.suspend(() => {
        asked.push({ method, key })
        if (!broken.has(method)) return Effect.void
        return new MediaError({ reason: new Unavailable({ cause: new Error(`${method} is out of order`) }) })
      })
    return Media.of({
      get: Effect.fnUntraced(function* (key: string) {
        yield* ask("get", key)
        return objects.get(key) ?? (yield* new MediaError({ reason: new NotFound({ key }) }))
      }),
      put: (key, bytes) => Effect.map(ask("put", key), () => void objects.set(key, bytes)),
      signedUrl: (key) => Effect.as(ask("signedUrl", key), `https://media.test/${key}?expires=600&signature="s3cret"`),
    })
  }),
)

export const mediaLayer = serviceLayer.pipe(Layer.provideMerge(testLayer))
