import { fromSqsRecord } from "@concierge/aws/sqs/SqsRecord.ts"
import { DeadLetters } from "@concierge/core/services/DeadLetters.ts"
import { UpdateQueue } from "@concierge/core/services/UpdateQueue.ts"
import { toIso } from "@concierge/core/Time.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { Emulated, sqsQueue } from "../layers/sqsQueue.ts"
import { Consumer } from "./suites/Consumer.ts"
import { deadLettersContract } from "./suites/deadLetters.ts"
import { updateOf } from "./suites/queue/updates.ts"
import { queueContract } from "./suites/queue.ts"

queueContract("SQS", sqsQueue)
deadLettersContract("SQS", sqsQueue)

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

/** What lies in the dead-letter queue, put there by somebody else. */
const foreign = Effect.fnUntraced(function* (...bodies: ReadonlyArray<string>) {
  const { deadUrl, send } = yield* Emulated
  for (const body of bodies) yield* send(body, deadUrl)
  return yield* Stream.runCollect((yield* DeadLetters).letters)
})

describe("DeadLetters: SQS", () => {
  it.effect("a letter of somebody else's is listed with the others, whatever it is", () =>
    Effect.gen(function* () {
      const letters = yield* foreign("hello", "{}", "[1]")
      assert.sameMembers(
        letters.map(({ update }) => update.body),
        ["hello", "{}", "[1]"],
      )
      for (const { id, update } of letters) {
        assert.isNotEmpty(id)
        assert.deepInclude(update, { group: "none" })
        assert.deepInclude(update.attributes, { updateId: 0, kind: "unknown", attempt: 0 })
      }
    }).pipe(Effect.provide(sqsQueue)),
  )

  it.effect("an update that lost its attributes has again what its text tells of them", () =>
    Effect.gen(function* () {
      const sentAt = toIso(Date.now())
      const [letter] = yield* foreign('{"update_id":7,"message":{"chat":{"id":42},"text":"\\ud83d\\udc4b"}}')
      assert.strictEqual(letter?.update.body, '{"update_id":7,"message":{"chat":{"id":42},"text":"\\ud83d\\udc4b"}}')
      assert.strictEqual(letter?.update.group, "42")
      assert.deepInclude(letter?.update.attributes, { updateId: 7, kind: "message", receivedAt: sentAt, attempt: 0 })
    }).pipe(Effect.provide(sqsQueue)),
  )
})
