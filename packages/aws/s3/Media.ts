import { BadKey, isKey, Media, MediaError, NotFound } from "@concierge/core/services/Media.ts"
import type { Unavailable } from "@concierge/core/services/reasons.ts"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import { call, nameOf, type Policy } from "../sdk/call.ts"
import { late } from "../sdk/late.ts"

export interface Options {
  /** Has the keys below `media/`. */
  readonly mediaBucket: string
  /** Has the keys below `tts/`. */
  readonly greetingsBucket: string
  /** How long a link is good for: 10 minutes unless given, a day at most, and no longer than the role's credentials. */
  readonly lifetime?: Duration.Input
  /** One attempt to read or write: 4 seconds unless given. */
  readonly timeout?: Duration.Input
}

/**
 * Two attempts within 8.3 s. A greeting has about 50 KB; the largest video that Telegram takes, 50 MB, needs 12.5 MB/s.
 * Read, synthesised and written at their slowest, a greeting is ready at 30 s, before the last send at 38 s.
 */
const objectPolicyOf = ({ timeout = "4 seconds" }: Options): Policy => ({
  timeout: Duration.fromInputUnsafe(timeout),
  retry: Schedule.exponential("200 millis").pipe(Schedule.jittered, Schedule.upTo({ times: 1 })),
})

/** Signing calls nobody once the credentials are there, and those are in the function's environment. */
const signPolicy: Policy = { timeout: Duration.seconds(3), retry: Schedule.recurs(0) }

const defaultLifetime = Duration.minutes(10)
const longestLifetime = Duration.hours(24)

/** Objects on S3, each in the bucket that its key names. */
export const layer = (options: Options): Layer.Layer<Media> =>
  Layer.effect(
    Media,
    Effect.gen(function* () {
      const objectPolicy = objectPolicyOf(options)
      const s3 = Effect.mapError(yield* late(async () => (await import("./s3.ts")).open()), unavailable)
      const lifetime = Duration.min(Duration.fromInputUnsafe(options.lifetime ?? defaultLifetime), longestLifetime)
      const expiresIn = Math.floor(Duration.toSeconds(lifetime))

      return Media.of({
        get: Effect.fn("Media.get")(function* (key) {
          const object = objectOf(options, key)
          if (object === undefined) return yield* notFound(key)
          const { client, GetObjectCommand } = yield* s3
          const read = call(async (abortSignal) => {
            const { Body } = await client.send(new GetObjectCommand(object), { abortSignal })
            return Body === undefined ? new Uint8Array() : await Body.transformToByteArray()
          }, objectPolicy)
          return yield* Effect.mapError(read, (error) => (isMissing(error) ? notFound(key) : unavailable(error)))
        }),
        put: Effect.fn("Media.put")(function* (key, bytes, contentType) {
          const object = objectOf(options, key)
          if (object === undefined) return yield* badKey(key)
          const { client, PutObjectCommand } = yield* s3
          const command = new PutObjectCommand({ ...object, Body: bytes, ContentType: contentType })
          yield* Effect.mapError(
            call((abortSignal) => client.send(command, { abortSignal }), objectPolicy),
            unavailable,
          )
        }),
        signedUrl: Effect.fn("Media.signedUrl")(function* (key) {
          const object = objectOf(options, key)
          if (object === undefined) return yield* badKey(key)
          const { sign } = yield* s3
          return yield* Effect.mapError(
            call(() => sign(object, expiresIn), signPolicy),
            unavailable,
          )
        }),
      })
    }),
  )

const objectOf = ({ greetingsBucket, mediaBucket }: Options, key: string) => {
  if (!isKey(key)) return undefined
  if (key.startsWith("media/")) return { Bucket: mediaBucket, Key: key }
  if (key.startsWith("tts/")) return { Bucket: greetingsBucket, Key: key }
  return undefined
}

/** Not by the status: a missing bucket is a 404, too, and no cache miss. */
const isMissing = ({ cause }: Unavailable): boolean => nameOf(cause) === "NoSuchKey"

const notFound = (key: string) => new MediaError({ reason: new NotFound({ key }) })
const badKey = (key: string) => new MediaError({ reason: new BadKey({ key }) })
const unavailable = (reason: Unavailable) => new MediaError({ reason })
