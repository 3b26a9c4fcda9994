import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3"
import * as Effect from "effect/Effect"
import { clientOptions } from "../sdk.ts"

export const buckets = { mediaBucket: "media", greetingsBucket: "greetings" } as const

/** Only a stand-in is behind it, so that any failure is a defect. */
export const createBuckets = (endpoint: string): Effect.Effect<void> =>
  Effect.scoped(
    Effect.gen(function* () {
      const client = yield* Effect.acquireRelease(
        Effect.sync(() => new S3Client(clientOptions(endpoint))),
        (client) => Effect.sync(() => client.destroy()),
      )
      for (const Bucket of Object.values(buckets)) {
        yield* Effect.promise(() => client.send(new CreateBucketCommand({ Bucket })))
      }
    }),
  )
