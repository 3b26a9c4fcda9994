import { join } from "node:path"
import { Media } from "@concierge/core/services/Media.ts"
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as files from "../../packages/local/media/files.ts"
import { seed } from "../../packages/local/media/seed.ts"
import { welcomeVideoKey } from "../fixtures/concierge.ts"
import { brandLayer } from "../layers/brand.ts"

const origin = "http://127.0.0.1:8787"
const [english, spanish] = [welcomeVideoKey("en"), welcomeVideoKey("es")]

const newDirectory = Effect.gen(function* () {
  const fs = yield* FileSystem.FileSystem
  return join(yield* fs.makeTempDirectoryScoped({ prefix: "concierge-media-" }), "data")
})

/** One run of a host whose data is in the directory. */
const run = <A, E>(directory: string, program: Effect.Effect<A, E, Media>) =>
  Effect.provide(program, files.layer({ directory, origin }), { local: true })

layer(NodeFileSystem.layer)("Media files", (it) => {
  it.effect("a restart leaves links as they were", () =>
    Effect.gen(function* () {
      const directory = yield* newDirectory
      const link = Media.use((media) => media.signedUrl(english))
      assert.strictEqual(yield* run(directory, link), yield* run(directory, link))
      assert.notStrictEqual(yield* run(yield* newDirectory, link), yield* run(directory, link))
    }),
  )

  it.effect("only the owner may read the signing key", () =>
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const directory = yield* newDirectory
      yield* run(directory, Effect.void)
      const { mode } = yield* fs.stat(join(directory, "media-signing.key"))
      assert.strictEqual(mode & 0o777, 0o600)
    }),
  )

  it.effect("an object that cannot be written is Unavailable and leaves nothing behind", () =>
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const directory = yield* newDirectory
      const put = Media.use((media) => media.put("media/taken", Uint8Array.of(1), "video/mp4"))
      yield* fs.makeDirectory(join(directory, "objects/media/taken"), { recursive: true })
      const error = yield* Effect.flip(run(directory, put))
      assert.strictEqual(error._tag === "MediaError" && error.reason._tag, "Unavailable")
      assert.deepStrictEqual(yield* fs.readDirectory(join(directory, "objects/media")), ["taken"])
    }),
  )

  it.effect("the sample videos are put in place once", () =>
    Effect.gen(function* () {
      const directory = yield* newDirectory
      const own = Uint8Array.of(1, 2, 3)
      const [en, es] = yield* run(
        directory,
        Effect.gen(function* () {
          const media = yield* Media
          yield* media.put(spanish, own, "video/mp4")
          yield* Effect.provide(seed, brandLayer)
          return [yield* media.get(english), yield* media.get(spanish)] as const
        }),
      )
      assert.strictEqual(new TextDecoder().decode(en.slice(4, 8)), "ftyp")
      assert.deepStrictEqual(new Uint8Array(es), own)
    }),
  )
})
