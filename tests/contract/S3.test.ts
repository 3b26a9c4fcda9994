import * as S3Media from "@concierge/aws/s3/Media.ts"
import { Media } from "@concierge/core/services/Media.ts"
import { assert, layer } from "@effect/vitest"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { fauxqs } from "../../packages/local/aws/fauxqs.ts"
import { buckets, createBuckets } from "../../packages/local/aws/s3/buckets.ts"
import { awsEnvironment } from "../layers/awsEnvironment.ts"
import { open } from "./fixtures/http.ts"
import { mediaContract } from "./suites/media.ts"

const mediaWith = (lifetime?: Duration.Input) =>
  Layer.unwrap(
    Effect.gen(function* () {
      const endpoint = yield* fauxqs
      yield* createBuckets(endpoint)
      yield* awsEnvironment({ S3: endpoint })
      return S3Media.layer({ ...buckets, ...(lifetime !== undefined && { lifetime }) })
    }),
  )

// fauxqs lets anybody read.
mediaContract("S3", mediaWith(), { checksSignatures: false })

const paramsOf = (url: string) => new URL(url).searchParams

layer(mediaWith())("Media: S3", (it) => {
  it.effect("a link is signed, for ten minutes", () =>
    Effect.gen(function* () {
      const media = yield* Media
      const params = paramsOf(yield* media.signedUrl("media/video.mp4"))
      assert.strictEqual(params.get("X-Amz-Expires"), "600")
      assert.strictEqual(params.get("X-Amz-Algorithm"), "AWS4-HMAC-SHA256")
      assert.match(params.get("X-Amz-Signature") ?? "", /^[0-9a-f]{64}$/)
    }),
  )

  it.effect("videos and greetings are in buckets of their own", () =>
    Effect.gen(function* () {
      const media = yield* Media
      assert.match(new URL(yield* media.signedUrl("media/a.mp4")).pathname, /^\/media\/media\/a\.mp4$/)
      assert.match(new URL(yield* media.signedUrl("tts/en/Matthew/a.mp3")).pathname, /^\/greetings\/tts\//)
    }),
  )

  it.effect("a key that no bucket has is none", () =>
    Effect.gen(function* () {
      const media = yield* Media
      const put = yield* Effect.flip(media.put("other/a.mp4", Uint8Array.of(1), "video/mp4"))
      assert.deepInclude(put.reason, { _tag: "BadKey", key: "other/a.mp4" })
      assert.strictEqual((yield* Effect.flip(media.signedUrl("other/a.mp4"))).reason._tag, "BadKey")
      assert.strictEqual((yield* Effect.flip(media.get("other/a.mp4"))).reason._tag, "NotFound")
    }),
  )

  it.effect("an object of ten megabytes", () =>
    Effect.gen(function* () {
      const media = yield* Media
      const video = new Uint8Array(10 * 1024 * 1024).fill(7)
      yield* media.put("media/large.mp4", video, "video/mp4")
      assert.strictEqual(Buffer.compare(yield* media.get("media/large.mp4"), video), 0)
      assert.strictEqual((yield* open(yield* media.signedUrl("media/large.mp4"))).bytes.length, video.length)
    }),
  )
})

layer(mediaWith(Duration.days(3)))("Media: S3 with long links", (it) => {
  it.effect("no link is good for more than a day", () =>
    Effect.gen(function* () {
      const media = yield* Media
      assert.strictEqual(paramsOf(yield* media.signedUrl("media/video.mp4")).get("X-Amz-Expires"), "86400")
    }),
  )
})

const noBuckets = Layer.unwrap(
  Effect.gen(function* () {
    yield* awsEnvironment({ S3: yield* fauxqs })
    return S3Media.layer(buckets)
  }),
)

layer(noBuckets)("Media: S3 without its buckets", (it) => {
  it.effect("is Unavailable, and says why", () =>
    Effect.gen(function* () {
      const media = yield* Media
      const { reason } = yield* Effect.flip(media.put("media/a.mp4", Uint8Array.of(1), "video/mp4"))
      assert.strictEqual(reason._tag, "Unavailable")
      assert.deepInclude(reason._tag === "Unavailable" ? reason.cause : {}, { name: "NoSuchBucket" })
      assert.strictEqual((yield* Effect.flip(media.get("media/a.mp4"))).reason._tag, "Unavailable")
    }),
  )
})
