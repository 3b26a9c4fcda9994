import { Media } from "@concierge/core/services/Media.ts"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { open } from "./fixtures/http.ts"
import { mediaServer } from "./fixtures/mediaServer.ts"
import { mediaContract } from "./suites/media.ts"

const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index % 256)
const text = (answer: { readonly bytes: Uint8Array }) => new TextDecoder().decode(answer.bytes)

/** A link to an object that is there. */
const linked = Effect.fnUntraced(function* (key: string) {
  const media = yield* Media
  yield* media.put(key, bytes, "video/mp4")
  return yield* media.signedUrl(key)
})

mediaContract("files", mediaServer, { checksSignatures: true })

layer(mediaServer)("Media files over HTTP", (it) => {
  it.effect("a link is good for ten minutes", () =>
    Effect.gen(function* () {
      const link = yield* linked("media/old.mp4")
      yield* TestClock.adjust("9 minutes")
      assert.strictEqual((yield* open(link)).status, 200)
      yield* TestClock.adjust("1 minute")
      const late = yield* open(link)
      assert.deepStrictEqual([late.status, text(late)], [403, "This link has expired.\n"])
    }),
  )

  it.effect("a link cannot be made to last longer", () =>
    Effect.gen(function* () {
      const link = yield* linked("media/longer.mp4")
      const answer = yield* open(link.replace(/expires=\d+/, "expires=99999999999"))
      assert.deepStrictEqual([answer.status, text(answer)], [403, "The signature of this link is wrong.\n"])
    }),
  )

  it.effect.each(["", "?expires=99999999999", "?signature=x", "?expires=1&expires=2&signature=x"])(
    "%j is no signature",
    (query) =>
      Effect.gen(function* () {
        const link = yield* linked("media/unsigned.mp4")
        const answer = yield* open(link.replace(/\?.*/, query))
        assert.deepStrictEqual([answer.status, text(answer)], [403, "This link is not signed.\n"])
      }),
  )

  it.effect("HEAD says what GET would, and ignores ranges", () =>
    Effect.gen(function* () {
      const link = yield* linked("media/head.mp4")
      const answer = yield* open(link, { method: "HEAD", headers: { range: "bytes=0-9" } })
      assert.strictEqual(answer.status, 200)
      assert.strictEqual(answer.headers.get("content-length"), "1000")
      assert.strictEqual(answer.headers.get("content-type"), "video/mp4")
      assert.strictEqual(answer.headers.get("accept-ranges"), "bytes")
      assert.strictEqual(answer.bytes.length, 0)
    }),
  )

  it.effect.each([
    ["bytes=990-", 206, "bytes 990-999/1000", 10],
    ["bytes=-5", 206, "bytes 995-999/1000", 5],
    ["bytes=990-5000", 206, "bytes 990-999/1000", 10],
    ["bytes=0-1,5-6", 200, null, 1000],
  ] as const)("range %s", ([range, status, contentRange, length]) =>
    Effect.gen(function* () {
      const answer = yield* open(yield* linked("media/range.mp4"), { headers: { range } })
      assert.strictEqual(answer.status, status)
      assert.strictEqual(answer.headers.get("content-range"), contentRange)
      assert.strictEqual(answer.bytes.length, length)
    }),
  )

  it.effect("a range beyond the file is 416", () =>
    Effect.gen(function* () {
      const answer = yield* open(yield* linked("media/range.mp4"), { headers: { range: "bytes=1000-" } })
      assert.strictEqual(answer.status, 416)
      assert.strictEqual(answer.headers.get("content-range"), "bytes */1000")
    }),
  )

  it.effect("what is not there is 404", () =>
    Effect.gen(function* () {
      const media = yield* Media
      yield* linked("media/folder/file.mp4")
      assert.strictEqual((yield* open(yield* media.signedUrl("media/nowhere.mp4"))).status, 404)
      assert.strictEqual((yield* open(yield* media.signedUrl("media/folder"))).status, 404)
    }),
  )
})
