import { handlerOf } from "@concierge/aws/lambda/handlerOf.ts"
import type { MetricsEmf } from "@concierge/aws/lambda/MetricsEmf.ts"
import { fromSqsEvent, refuse } from "@concierge/aws/lambda/sqsEvent.ts"
import { processBatch } from "@concierge/core/delivery/batch.ts"
import { untilRoom } from "@concierge/core/delivery/untilRoom.ts"
import type { Context, SQSBatchResponse } from "aws-lambda"
import type { ConfigError } from "effect/Config"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"

type Needs = Effect.Services<ReturnType<typeof processBatch | typeof untilRoom>>

/** Works a batch and names the records that are to come again. A batch that cannot be begun comes again as a whole. */
export const workerHandler = (layer: Layer.Layer<Needs | MetricsEmf, ConfigError>) =>
  handlerOf({ layer, program, failed: giveUp })

const program = Effect.fnUntraced(function* (event: unknown, context: Context) {
  const { foreign, records } = yield* fromSqsEvent(event)
  yield* refuse(foreign)
  const timeLeft = Effect.sync(() => Duration.millis(context.getRemainingTimeInMillis()))
  const failed = yield* processBatch(records, { timeLeft: yield* timeLeft })
  yield* untilRoom(records, timeLeft)
  const batchItemFailures = [...foreign, ...failed].map((itemIdentifier) => ({ itemIdentifier }))
  return { batchItemFailures } satisfies SQSBatchResponse
})

const giveUp = (): never => {
  throw new Error("The batch was not worked: the line before says why.")
}
