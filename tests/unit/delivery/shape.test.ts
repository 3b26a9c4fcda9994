import { readFile } from "node:fs/promises"
import { Media } from "@concierge/core/services/Media.ts"
import { coverKeyOf, shapeKeyOf, thumbnailKeyOf, VideoShape } from "@concierge/core/services/VideoShape.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { probe } from "../../../packages/local/media/probe.ts"
import { welcomeVideoKey } from "../../fixtures/concierge.ts"
import { inAnotherContainer, tell } from "../../layers/drive.ts"
import { badUrl, TelegramTest } from "../../layers/telegram.ts"
import { inWorld } from "../../layers/testWorld.ts"
import { says, somebody } from "../../layers/updates.ts"

const shape = { width: 720, height: 1280, duration: 7 }

const keep = (text: string) =>
  Media.use((media) => media.put(shapeKeyOf(welcomeVideoKey("en")), new TextEncoder().encode(text), "application/json"))

const files = Effect.map(TelegramTest, (telegram) => telegram.sends().map(({ file }) => file))

describe("a video's size and length", () => {
  it.effect("go with the file, by URL and by upload, and are not asked for where Telegram has it", () =>
    Effect.gen(function* () {
      yield* keep(JSON.stringify(shape))
      const telegram = yield* TelegramTest
      telegram.script.push(badUrl)
      yield* tell(says(somebody(), "/start"), says(somebody(), "/start"))
      const [byUrl, upload, byId] = yield* files
      assert.deepInclude(byUrl, { _tag: "Url", shape })
      assert.deepInclude(upload, { _tag: "Upload", shape })
      assert.notProperty(byId, "shape")
    }).pipe(inWorld),
  )

  it.effect.each(["", "{", '{"width":"wide"}'])("that cannot be read keep nobody from the video: %s", (text) =>
    Effect.gen(function* () {
      yield* keep(text)
      yield* tell(says(somebody(), "/start"))
      const [file] = yield* files
      assert.strictEqual(file?._tag, "Url")
      assert.notProperty(file, "shape")
    }).pipe(inWorld),
  )

  it.effect("and its pictures: the cover by URL, both by upload, and by its id the cover that it had", () =>
    Effect.gen(function* () {
      yield* keep(JSON.stringify({ ...shape, pictures: true }))
      const media = yield* Media
      const key = welcomeVideoKey("en")
      const [cover, thumbnail] = [Uint8Array.of(1), Uint8Array.of(2)]
      yield* media.put(coverKeyOf(key), cover, "image/jpeg")
      yield* media.put(thumbnailKeyOf(key), thumbnail, "image/jpeg")
      const telegram = yield* TelegramTest
      telegram.script.push(badUrl)
      yield* tell(says(somebody(), "/start"), says(somebody(), "/start"))
      yield* inAnotherContainer(tell(says(somebody(), "/start")))
      const [byUrl, upload, byId, elsewhere] = yield* files
      assert.deepInclude(byUrl, { _tag: "Url", cover: yield* media.signedUrl(coverKeyOf(key)) })
      assert.deepInclude(upload, { _tag: "Upload", pictures: { cover, thumbnail } })
      assert.deepStrictEqual(byId, { _tag: "FileId", fileId: "file-2", cover: "cover-2" })
      assert.deepStrictEqual(elsewhere, byId)
    }).pipe(inWorld),
  )

  it.effect("whose pictures are gone is uploaded without", () =>
    Effect.gen(function* () {
      yield* keep(JSON.stringify({ ...shape, pictures: true }))
      const telegram = yield* TelegramTest
      telegram.script.push(badUrl)
      yield* tell(says(somebody(), "/start"))
      const [, upload] = yield* files
      assert.strictEqual(upload?._tag, "Upload")
      assert.notProperty(upload, "pictures")
    }).pipe(inWorld),
  )

  it.effect("are read from the file", () =>
    Effect.gen(function* () {
      const film = yield* Effect.promise(() => readFile(`brands/concierge/${welcomeVideoKey("en")}`))
      assert.deepStrictEqual(yield* probe(film), {
        shape: VideoShape.make(shape),
        container: "MP4",
        codecs: { video: "avc", audio: "aac" },
      })
      const error = yield* Effect.flip(probe(new TextEncoder().encode("no video")))
      assert.strictEqual(error._tag, "NoVideo")
    }),
  )
})
