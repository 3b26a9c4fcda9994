import { join } from "node:path"
import { BadKey, isKey, Media, MediaError, NotFound } from "@concierge/core/services/Media.ts"
import { Unavailable } from "@concierge/core/services/reasons.ts"
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import type { PlatformError } from "effect/PlatformError"
import * as Predicate from "effect/Predicate"
import type * as Redacted from "effect/Redacted"
import { isMissing } from "../isMissing.ts"
import * as MediaLinks from "./MediaLinks.ts"
import { signingKey } from "./signingKey.ts"
import { writeAtomically } from "./writeAtomically.ts"

export interface Options {
  /** The host's data directory: objects go below `objects/` in it, beside the key that signs links. */
  readonly directory: string
  /** Of the server that has the media routes, e.g. `http://127.0.0.1:8787`. */
  readonly origin: string
  /** How long a link is good for; 10 minutes unless given. */
  readonly lifetime?: Duration.Input
  /** Made once and kept in the directory unless given. */
  readonly signingKey?: Redacted.Redacted<string>
}

/** Where the object of a valid key lies. */
export const pathOf = (directory: string, key: string): string => join(directory, "objects", key)

/** Objects as files. The content type is not stored: a key's extension says it, here and in the browser. */
export const layerNoDeps = (directory: string) =>
  Layer.effect(
    Media,
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const links = yield* MediaLinks.MediaLinks
      return Media.of({
        get: Effect.fn("Media.get")(function* (key) {
          if (!isKey(key)) return yield* notFound(key)
          return yield* Effect.mapError(fs.readFile(pathOf(directory, key)), (error) =>
            isMissing(error) ? notFound(key) : unavailable(error),
          )
        }),
        put: Effect.fn("Media.put")(function* (key, bytes) {
          if (!isKey(key)) return yield* badKey(key)
          yield* writeAtomically(pathOf(directory, key), bytes).pipe(
            Effect.provideService(FileSystem.FileSystem, fs),
            Effect.mapError(unavailable),
          )
        }),
        signedUrl: Effect.fn("Media.signedUrl")(function* (key) {
          if (!isKey(key)) return yield* badKey(key)
          return yield* links.to(key)
        }),
      })
    }),
  )

export const layer = (options: Options): Layer.Layer<Media | MediaLinks.MediaLinks, PlatformError> =>
  layerNoDeps(options.directory).pipe(
    Layer.provideMerge(
      Layer.unwrap(
        Effect.map(options.signingKey ? Effect.succeed(options.signingKey) : signingKey(options.directory), (key) =>
          MediaLinks.layer({ ...options, signingKey: key }),
        ),
      ),
    ),
    Layer.provide(NodeFileSystem.layer),
  )

const notFound = (key: string) => new MediaError({ reason: new NotFound({ key }) })
const badKey = (key: string) => new MediaError({ reason: new BadKey({ key }) })

/** Without the path, by the end of which a name can be guessed: see `keyForLog`. */
const unavailable = ({ cause, reason }: PlatformError) => {
  const code = Predicate.hasProperty(cause, "code") ? String(cause.code) : reason._tag
  return new MediaError({ reason: new Unavailable({ cause: new Error(`${reason.method}: ${code}`) }) })
}
