import type { Message } from "@aws-sdk/client-sqs"
import type { SQSEvent } from "aws-lambda"
import * as Effect from "effect/Effect"
import * as FiberSet from "effect/FiberSet"
import * as Schema from "effect/Schema"
import * as Semaphore from "effect/Semaphore"
import { StandIn } from "../telegram/StandIn.ts"
import { Stage } from "./Stage.ts"
import { toRecord } from "./sqs/toRecord.ts"

/** Seconds for which the queue is asked to wait for a message: the longest that SQS allows. */
const longPoll = 20

const Response = Schema.NullOr(
  Schema.Struct({ batchItemFailures: Schema.Array(Schema.Struct({ itemIdentifier: Schema.String })) }),
)

const decode = Schema.decodeUnknownEffect(Response)

/** The two event source mappings, for ever: batches of up to ten, of which only what was worked is removed. */
export const pollQueues = (workers: number) =>
  Effect.gen(function* () {
    const { sqs } = yield* Stage
    yield* Effect.all([pollQueue(sqs.tapUrl, workers), pollQueue(sqs.url, workers)], { concurrency: 2 })
  })

const pollQueue = Effect.fnUntraced(function* (url: string, workers: number) {
  const { sqs } = yield* Stage
  const permits = yield* Semaphore.make(Math.max(1, Math.floor(workers / 2)))
  const batches = yield* FiberSet.make()
  return yield* Effect.forever(
    Effect.gen(function* () {
      yield* permits.take(1)
      const messages = yield* sqs.receive(url, longPoll)
      yield* FiberSet.run(batches, Effect.ensuring(work(messages, url), permits.release(1)))
    }),
  )
})

const work = Effect.fnUntraced(function* (messages: ReadonlyArray<Message>, url: string) {
  if (messages.length === 0) return
  const { sqs, worker } = yield* Stage
  const telegram = yield* StandIn
  yield* Effect.forEach(messages, ({ Body = "" }) => telegram.acquaint(Body), { discard: true })
  const event: SQSEvent = { Records: messages.map(toRecord) }
  yield* worker.invoke(event).pipe(
    Effect.flatMap((response) => decode(response)),
    Effect.flatMap((response) => {
      const failed = new Set(response?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier))
      return sqs.remove(
        messages.filter(({ MessageId = "" }) => !failed.has(MessageId)),
        url,
      )
    }),
    // The whole batch becomes visible again in its time.
    Effect.catchTags({
      FunctionError: (error) => Effect.logError("a batch failed", { error }),
      SchemaError: (error) => Effect.logError("a batch's answer is none, as if all had failed", { error }),
    }),
  )
})
