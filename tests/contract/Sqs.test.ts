import { fromSqsRecord } from "@concierge/aws/sqs/SqsRecord.ts"
import { DeadLetters } from "@concierge/core/services/DeadLetters.ts"
import { UpdateQueue } from "@concierge/core/services/UpdateQueue.ts"
import { toIso } from "@concierge/core/Time.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { sqsRecord } from "../fixtures/aws/sqsEvent.ts"
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

  it.effect(
    "a message says which request it comes of: by itself, or else by what SQS handed on of its sender's trace",
    () =>
      Effect.gen(function* () {
        const traceparentOf = (attributes: object, more: object = {}) => {
          const record = sqsRecord("1", 7)
          const messageAttributes = { ...record.messageAttributes, ...more }
          return Effect.map(
            fromSqsRecord({ ...record, attributes: { ...record.attributes, ...attributes }, messageAttributes }),
            (update) => update.attributes.traceparent,
          )
        }
        const AWSTraceHeader =
          "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=1:a8e2:0"
        const own = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        const carried = {
          traceparent: { stringValue: own, stringListValues: [], binaryListValues: [], dataType: "String" },
        }
        assert.strictEqual(
          yield* traceparentOf({ AWSTraceHeader }),
          "00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01",
        )
        assert.strictEqual(yield* traceparentOf({ AWSTraceHeader }, carried), own)
        for (const malformed of [
          "",
          "Root=1-5759e988-bd862e3fe1be46a994272793",
          "Root=1;Parent=2",
          "x".repeat(65_536),
        ]) {
          assert.isUndefined(yield* traceparentOf({ AWSTraceHeader: malformed }))
        }
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
