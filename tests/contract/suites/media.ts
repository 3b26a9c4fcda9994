import { Media } from "@concierge/core/services/Media.ts"
import { assert, layer as suite } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import { open } from "../fixtures/http.ts"

const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index % 256)
const reasonOf = <A, R>(effect: Effect.Effect<A, { readonly reason: { readonly _tag: string } }, R>) =>
  Effect.map(Effect.flip(effect), ({ reason }) => reason._tag)

/** What every store of media does. `checksSignatures` is off for a stand-in that lets anybody in. */
export const mediaContract = <E>(
  name: string,
  layer: Layer.Layer<Media, E>,
  { checksSignatures }: { readonly checksSignatures: boolean },
) =>
  suite(layer)(`Media: ${name}`, (it) => {
    it.effect("has nothing that was not put", () =>
      Effect.gen(function* () {
        const media = yield* Media
        const error = yield* Effect.flip(media.get("media/missing.mp4"))
        assert.deepInclude(error.reason, { _tag: "NotFound", key: "media/missing.mp4" })
      }),
    )

    it.effect("gives back the bytes that were put", () =>
      Effect.gen(function* () {
        const media = yield* Media
        yield* media.put("media/round/trip.mp4", bytes, "video/mp4")
        assert.deepStrictEqual(new Uint8Array(yield* media.get("media/round/trip.mp4")), bytes)
      }),
    )

    it.effect("keeps an object of no bytes", () =>
      Effect.gen(function* () {
        const media = yield* Media
        yield* media.put("media/empty.mp4", new Uint8Array(), "video/mp4")
        assert.strictEqual((yield* media.get("media/empty.mp4")).length, 0)
      }),
    )

    it.effect("has the last put of a key", () =>
      Effect.gen(function* () {
        const media = yield* Media
        yield* media.put("media/again.mp4", bytes, "video/mp4")
        yield* media.put("media/again.mp4", Uint8Array.of(1, 2), "video/mp4")
        assert.deepStrictEqual(new Uint8Array(yield* media.get("media/again.mp4")), Uint8Array.of(1, 2))
      }),
    )

    it.effect("is whole at every moment while it is overwritten", () =>
      Effect.gen(function* () {
        const media = yield* Media
        const versions = [1, 2, 3, 4].map((version) => new Uint8Array(200_000).fill(version))
        const put = (version: Uint8Array) => media.put("media/race.mp4", version, "video/mp4")
        yield* put(new Uint8Array(200_000))
        const reads = Effect.forEach(versions, () => media.get("media/race.mp4"))
        const [seen] = yield* Effect.all([reads, Effect.forEach(versions, put, { concurrency: 4 })], { concurrency: 2 })
        for (const read of seen) assert.isTrue(read.length === 200_000 && read.every((byte) => byte === read[0]))
      }),
    )

    it.effect("a name above a key is no object", () =>
      Effect.gen(function* () {
        const media = yield* Media
        yield* media.put("media/deep/down/here.mp4", bytes, "video/mp4")
        assert.strictEqual(yield* reasonOf(media.get("media/deep/down")), "NotFound")
        assert.strictEqual(yield* reasonOf(media.get("media/deep/down/here.mp4/more")), "NotFound")
      }),
    )

    it.effect.each([
      "",
      "/etc/passwd",
      "../secret",
      "media/../../secret",
      "media//a.mp4",
      "media/",
      ".hidden",
      "a\\b",
      "a b",
    ])("%j is no key", (key) =>
      Effect.gen(function* () {
        const media = yield* Media
        assert.strictEqual(yield* reasonOf(media.put(key, bytes, "video/mp4")), "BadKey")
        assert.strictEqual(yield* reasonOf(media.signedUrl(key)), "BadKey")
        assert.strictEqual(yield* reasonOf(media.get(key)), "NotFound")
      }),
    )

    it.effect.each([
      ["media/linked.mp4", "video/mp4"],
      ["tts/en/voice/0a1b.mp3", "audio/mpeg"],
    ] as const)("a signed link opens %s", ([key, contentType]) =>
      Effect.gen(function* () {
        const media = yield* Media
        yield* media.put(key, bytes, contentType)
        const answer = yield* open(yield* media.signedUrl(key))
        assert.strictEqual(answer.status, 200)
        assert.strictEqual(answer.headers.get("content-type"), contentType)
        assert.strictEqual(answer.headers.get("content-length"), "1000")
        assert.deepStrictEqual(answer.bytes, bytes)
      }),
    )

    it.effect("a signed link gives a part", () =>
      Effect.gen(function* () {
        const media = yield* Media
        yield* media.put("media/part.mp4", bytes, "video/mp4")
        const answer = yield* open(yield* media.signedUrl("media/part.mp4"), { headers: { range: "bytes=300-309" } })
        assert.strictEqual(answer.status, 206)
        assert.strictEqual(answer.headers.get("content-range"), "bytes 300-309/1000")
        assert.deepStrictEqual(answer.bytes, bytes.slice(300, 310))
      }),
    )

    it.effect("a signed link to nothing is made, and opens nothing", () =>
      Effect.gen(function* () {
        const media = yield* Media
        const answer = yield* open(yield* media.signedUrl("media/nowhere.mp4"))
        // S3 says 403 to those who may not list the bucket.
        assert.include([403, 404], answer.status)
      }),
    )

    if (checksSignatures) {
      it.effect("a signed link opens no other object", () =>
        Effect.gen(function* () {
          const media = yield* Media
          yield* media.put("media/mine.mp4", bytes, "video/mp4")
          yield* media.put("media/yours.mp4", bytes, "video/mp4")
          const link = yield* media.signedUrl("media/mine.mp4")
          assert.strictEqual((yield* open(link.replace("mine", "yours"))).status, 403)
          assert.strictEqual((yield* open(link.replace(/\?.*/, ""))).status, 403)
        }),
      )
    }
  })
