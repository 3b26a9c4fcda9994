import { DeleteMessageCommand, type Message, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs"
import { type DeadLetter, DeadLetters, DeadLettersError } from "@concierge/core/services/DeadLetters.ts"
import type { QueuedUpdate } from "@concierge/core/services/UpdateQueue.ts"
import { toIso } from "@concierge/core/Time.ts"
import { envelopeOf } from "@concierge/core/updates/Envelope.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import * as Schedule from "effect/Schedule"
import { call, type Policy } from "../sdk/call.ts"
import { fromSqsRecord } from "./SqsRecord.ts"

export interface Options {
  /** Of the dead-letter queue. */
  readonly url: string
}

/** What SQS gives at a time. */
const batchSize = 10

/**
 * Seconds for which what was read can be removed, and nobody else reads it: a thousand letters are looked up and redriven
 * in one. No longer, since the alarm on dead letters counts the visible ones.
 */
const visibility = 300

/** Seconds. Without any wait SQS asks only some of its servers, and may miss what is there. */
const wait = 1

/** Three attempts within 16 s. What a lost answer named is hidden for the visibility, and not lost. */
const letterPolicy: Policy = {
  timeout: "5 seconds",
  retry: Schedule.exponential("200 millis").pipe(Schedule.jittered, Schedule.upTo({ times: 2 })),
}

/** The dead-letter queue on SQS, for an operator: no function asks for it. */
export const layer = ({ url }: Options): Layer.Layer<DeadLetters> =>
  Layer.effect(
    DeadLetters,
    Effect.gen(function* () {
      const client = yield* Effect.acquireRelease(
        Effect.sync(() => new SQSClient({ maxAttempts: 1 })),
        (client) => Effect.sync(() => client.destroy()),
      )
      const receive = (max: number) => {
        const command = new ReceiveMessageCommand({
          QueueUrl: url,
          MaxNumberOfMessages: max,
          VisibilityTimeout: visibility,
          WaitTimeSeconds: wait,
          MessageSystemAttributeNames: ["All"],
          MessageAttributeNames: ["All"],
        })
        return Effect.map(
          call((abortSignal) => client.send(command, { abortSignal }), letterPolicy),
          ({ Messages = [] }) => Messages,
        )
      }
      return DeadLetters.of({
        read: Effect.fn("DeadLetters.read")(function* (max: number) {
          // By message, since a standard queue may give one twice; it is removed by the handle given last.
          const letters = new Map<string, DeadLetter>()
          for (let before = -1; before < letters.size && letters.size < max; ) {
            before = letters.size
            const messages = yield* receive(Math.min(batchSize, max - letters.size))
            for (const message of messages) letters.set(message.MessageId ?? "", yield* letterOf(message))
          }
          return [...letters.values()]
        }, mapError),
        remove: Effect.fn("DeadLetters.remove")(function* (id: string) {
          const command = new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: id })
          yield* call((abortSignal) => client.send(command, { abortSignal }), letterPolicy)
        }, mapError),
      })
    }),
  )

const mapError = Effect.mapError((reason: DeadLettersError["reason"]) => new DeadLettersError({ reason }))

const letterOf = (message: Message): Effect.Effect<DeadLetter> => {
  const { Attributes = {}, Body = "", MessageAttributes = {}, ReceiptHandle = "" } = message
  const texts = Object.entries(MessageAttributes).flatMap(([name, { StringValue }]) =>
    StringValue === undefined ? [] : [[name, { stringValue: StringValue }]],
  )
  const record = { body: Body, attributes: Attributes, messageAttributes: Object.fromEntries(texts) }
  return Effect.map(
    Effect.catch(fromSqsRecord(record), () => Effect.succeed(foreign(message))),
    (update) => ({ id: ReceiptHandle, update }),
  )
}

/**
 * A letter that `UpdateQueue` did not send, or that lost its attributes on the way: what its text tells of them, so that
 * an update can be redriven all the same and anything else is at least seen.
 */
const foreign = ({ Attributes = {}, Body = "", MessageId = "" }: Message): QueuedUpdate => {
  const { group, json, kind, updateId } = Result.getOrElse(envelopeOf(new TextEncoder().encode(Body)), () => ({
    updateId: 0,
    kind: "unknown",
    group: "none",
    json: Body,
  }))
  const receivedAt = toIso(Number(Attributes.SentTimestamp ?? 0))
  return { body: json, group, attributes: { updateId, kind, receivedAt, correlationId: MessageId, attempt: 0 } }
}
