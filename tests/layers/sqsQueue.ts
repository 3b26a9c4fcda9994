import type { Message } from "@aws-sdk/client-sqs"
import * as SqsDeadLetters from "@concierge/aws/sqs/DeadLetters.ts"
import { fromSqsRecord } from "@concierge/aws/sqs/SqsRecord.ts"
import * as SqsQueue from "@concierge/aws/sqs/UpdateQueue.ts"
import { vi } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { fauxqs } from "../../packages/local/aws/fauxqs.ts"
import { makeSqs, queueOptions, type Sqs } from "../../packages/local/aws/sqs/Sqs.ts"
import { toRecord } from "../../packages/local/aws/sqs/toRecord.ts"
import { Consumer } from "../contract/suites/Consumer.ts"
import { awsEnvironment } from "./awsEnvironment.ts"

/** fauxqs looks at the time when it is asked for messages, and only then: so the date may jump. */
const movableDate = Effect.acquireRelease(
  Effect.sync(() => vi.useFakeTimers({ toFake: ["Date"], now: Date.now() })),
  () => Effect.sync(() => vi.useRealTimers()),
)

const pass = (seconds: number) => Effect.sync(() => void vi.setSystemTime(Date.now() + seconds * 1000))

/** The queues, as somebody else than the programs comes to them. */
export class Emulated extends Context.Service<Emulated, Sqs>()("tests/layers/sqsQueue/Emulated") {}

/** The queue on SQS and its dead letters, with the stack's own times, and a worker that receives as Lambda does. */
export const sqsQueue = Layer.unwrap(
  Effect.gen(function* () {
    yield* movableDate
    const endpoint = yield* fauxqs
    yield* awsEnvironment({ SQS: endpoint })
    const sqs = yield* makeSqs(endpoint)
    const inHand = new Map<string, Message>()
    const consumer = Consumer.of({
      receive: Effect.gen(function* () {
        const messages = [...(yield* sqs.receive(sqs.tapUrl, 0)), ...(yield* sqs.receive(sqs.url, 0))]
        return yield* Effect.forEach(messages, (message) => {
          const record = toRecord(message)
          inHand.set(record.messageId, message)
          return Effect.map(Effect.orDie(fromSqsRecord(record)), (update) => ({ id: record.messageId, update }))
        })
      }),
      acknowledge: (ids) => sqs.remove(ids.flatMap((id) => inHand.get(id) ?? [])),
      pass,
      expire: pass(queueOptions.visibility),
      dead: sqs.count(sqs.deadUrl),
    })
    return Layer.mergeAll(
      Layer.succeed(Consumer, consumer),
      Layer.succeed(Emulated, sqs),
      SqsQueue.layer(sqs),
      SqsDeadLetters.layer({ url: sqs.deadUrl }),
    )
  }),
)
