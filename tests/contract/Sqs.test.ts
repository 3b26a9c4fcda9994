import { fromSqsRecord } from "@concierge/core/services/aws/SqsRecord.ts"
import { UpdateQueue } from "@concierge/core/services/UpdateQueue.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { sqsQueue } from "../layers/sqsQueue.ts"
import { Consumer } from "./suites/Consumer.ts"
import { updateOf } from "./suites/queue/updates.ts"
import { queueContract } from "./suites/queue.ts"

queueContract("SQS", sqsQueue)

const sentAndReceived = Effect.fnUntraced(function* (body: string) {
  const { send } = yield* UpdateQueue
  const { receive } = yield* Consumer
  yield* send(updateOf({ body }))
  const [received] = yield* receive
  return received?.update.body
})

describe("UpdateQueue: SQS", () => {
  it.effect("escaped emoji and characters that SQS refuses are the same JSON on the other side", () =>
    Effect.gen(function* () {
      const body = String.raw`{"update_id":7,"text":"é \ud83d\udc4b \ufffe \ud800"}`
      assert.strictEqual(yield* sentAndReceived(body), body)
    }).pipe(Effect.provide(sqsQueue)),
  )

  it.effect("the largest body that the webhook takes fits, escaped threefold", () =>
    Effect.gen(function* () {
      const body = `{"update_id":7,"text":"${"\\ud83d\\udc4b".repeat(65_530)}"}`
      assert.strictEqual(yield* sentAndReceived(body), body)
    }).pipe(Effect.provide(sqsQueue)),
  )

  it.effect("a message of somebody else's does not decode", () =>
    Effect.gen(function* () {
      const record = { messageId: "1", body: "hello", attributes: {}, messageAttributes: {} }
      assert.strictEqual((yield* Effect.flip(fromSqsRecord(record)))._tag, "SchemaError")
    }),
  )
})
