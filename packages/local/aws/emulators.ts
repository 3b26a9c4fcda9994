import * as Effect from "effect/Effect"
import { dynamoDb } from "./dynamodb/dynamoDb.ts"
import { createTables } from "./dynamodb/tables.ts"
import { fauxqs } from "./fauxqs.ts"
import { respond } from "./polly/respond.ts"
import { serve } from "./polly/server.ts"
import { createBuckets } from "./s3/buckets.ts"
import { sdkEnvironment } from "./sdk.ts"

/** AWS, as far as the functions use it, in this process's memory. */
export const emulators = Effect.gen(function* () {
  const [fauxqsEndpoint, dynamoEndpoint, pollyEndpoint] = yield* Effect.all([fauxqs, dynamoDb, serve(respond)])
  yield* Effect.all([createTables(dynamoEndpoint), createBuckets(fauxqsEndpoint)], { discard: true })
  return {
    sqs: fauxqsEndpoint,
    /** What makes the SDK come here instead of to AWS. */
    environment: sdkEnvironment({
      SQS: fauxqsEndpoint,
      S3: fauxqsEndpoint,
      DYNAMODB: dynamoEndpoint,
      POLLY: pollyEndpoint,
    }),
  }
})
