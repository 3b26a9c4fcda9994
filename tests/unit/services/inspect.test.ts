import { readFile } from "node:fs/promises"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { inspect } from "../../../packages/local/media/inspect.ts"
import { type NoVideo, probe, probeAside } from "../../../packages/local/media/probe.ts"
import { sizeOfJpeg } from "../../../packages/local/media/sizeOfJpeg.ts"
import { welcomeVideoKey } from "../../fixtures/concierge.ts"
import { jpeg, renamed } from "../../fixtures/telegram/media.ts"

const film = `brands/concierge/${welcomeVideoKey("en")}`
const read = (path: string) => Effect.promise(() => readFile(path))

const messageOf = ({ cause }: NoVideo) => (cause instanceof Error ? cause.message : "no error")

const problemsOf = Effect.fnUntraced(function* (files: { readonly cover?: Buffer; readonly thumbnail?: Buffer }) {
  return (yield* inspect({ video: yield* read(film), ...files })).problems.join("; ")
})

describe("what Telegram would make of a video", () => {
  it.effect("nothing is wrong with the brand's own", () =>
    Effect.gen(function* () {
      const [video, cover, thumbnail] = yield* Effect.all([read(film), read(`${film}.jpg`), read(`${film}.small.jpg`)])
      const { bytes: _, ...inspected } = yield* inspect({ video, cover, thumbnail })
      assert.deepStrictEqual<unknown>(inspected, {
        shape: { width: 720, height: 1280, duration: 7, pictures: true },
        container: "MP4",
        codecs: { video: "avc", audio: "aac" },
        problems: [],
        hints: [],
      })
      assert.deepStrictEqual(sizeOfJpeg(cover), { width: 720, height: 1280 })
      assert.deepStrictEqual(sizeOfJpeg(thumbnail), { width: 180, height: 320 })
    }),
  )

  it.effect("in a thread of its own it is read as it is here, and what cannot be read is told", () =>
    Effect.gen(function* () {
      const video = yield* read(film)
      assert.deepStrictEqual(yield* probeAside(video), yield* probe(video))
      const unreadable = Buffer.from("no video")
      const [here, aside] = [yield* Effect.flip(probe(unreadable)), yield* Effect.flip(probeAside(unreadable))]
      assert.strictEqual(messageOf(aside), messageOf(here))
      assert.notStrictEqual(messageOf(here), "no error")
    }),
  )

  it.effect("pictures are within what it takes, to the pixel and the byte", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* problemsOf({ thumbnail: jpeg(320, 320), cover: jpeg(500, 9_500) }), "")
      assert.match(yield* problemsOf({ thumbnail: jpeg(321, 8) }), /thumbnail is 321×8/)
      assert.match(yield* problemsOf({ thumbnail: jpeg(8, 321) }), /thumbnail is 8×321/)
      assert.match(yield* problemsOf({ thumbnail: jpeg(8, 8, 200 * 1024) }), /thumbnail has over 200 kB/)
      assert.match(yield* problemsOf({ cover: jpeg(501, 9_500) }), /cover is 501×9500/)
      assert.match(yield* problemsOf({ cover: jpeg(10, 201) }), /cover is 10×201/)
      assert.match(yield* problemsOf({ cover: jpeg(10, 10, 5 * 1024 * 1024 + 1) }), /cover has over 5 MB/)
      assert.match(
        yield* problemsOf({ cover: Buffer.from("PNG"), thumbnail: Buffer.from("") }),
        /cover is no JPEG; .*thumbnail is no JPEG/,
      )
    }),
  )

  it.effect("another codec, container or size is said in words", () =>
    Effect.gen(function* () {
      const own = yield* read(film)
      const said = Effect.fnUntraced(function* (video: Buffer) {
        const { hints, problems } = yield* inspect({ video })
        return [...problems, ...hints].join("; ")
      })
      assert.match(yield* said(renamed(own, "avc1", "zzzz")), /picture is unknown/)
      assert.match(yield* said(renamed(own, "esds", "zzzz")), /sound is unknown/)
      assert.match(yield* said(renamed(own, "soun", "hint")), /no sound, so it comes as an animation/)
      assert.match(yield* said(Buffer.concat([own, Buffer.alloc(20 * 1024 * 1024)])), /over 20 MB it is uploaded/)
      assert.match(yield* said(Buffer.concat([own, Buffer.alloc(50 * 1024 * 1024)])), /over 50 MB/)
      assert.match(yield* said(Buffer.from("no video")), /cannot be read as an MP4/)
    }),
  )
})
