import type { QueueRecord } from "@concierge/core/delivery/batch.ts"
import { Metrics } from "@concierge/core/services/Metrics.ts"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { fromSqsRecord } from "../sqs/SqsRecord.ts"

const decodeEvent = Schema.decodeUnknownEffect(Schema.Struct({ Records: Schema.Array(Schema.Unknown) }))
const decodeId = Schema.decodeUnknownEffect(
  Schema.Struct({
    messageId: Schema.String,
    attributes: Schema.optionalKey(
      Schema.Struct({ ApproximateReceiveCount: Schema.optionalKey(Schema.FiniteFromString) }),
    ),
  }),
)

/** A batch from the queue: the records that we sent, and the ids of those that somebody else did. */
export const fromSqsEvent = Effect.fnUntraced(function* (event: unknown) {
  const { Records } = yield* decodeEvent(event)
  const records: Array<QueueRecord> = []
  const foreign: Array<string> = []
  for (const record of Records) {
    const { attributes: { ApproximateReceiveCount: receives = 1 } = {}, messageId: id } = yield* decodeId(record)
    yield* fromSqsRecord(record).pipe(
      Effect.match({
        onSuccess: (update) => void records.push({ id, update, receives }),
        onFailure: () => void foreign.push(id),
      }),
    )
  }
  return { records, foreign }
})

/** They fail alone, and after three receives are dead letters, where an operator finds them. */
export const refuse = Effect.fnUntraced(function* (foreign: ReadonlyArray<string>) {
  if (foreign.length === 0) return
  const metrics = yield* Metrics
  yield* Effect.logWarning("messages on the queue are not updates of ours", { messageIds: foreign })
  yield* metrics.count("WorkerRecords", foreign.length)
  yield* metrics.count("FailedRecords", foreign.length)
})
