import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs"
import { type DeadLetter, DeadLetters, DeadLettersError } from "@concierge/core/services/DeadLetters.ts"
import type { QueuedUpdate } from "@concierge/core/services/UpdateQueue.ts"
import { toIso } from "@concierge/core/Time.ts"
import { envelopeOf } from "@concierge/core/updates/Envelope.ts"
import * as Arr from "effect/Array"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"
import { call, type Policy } from "../sdk/call.ts"
import { fromSqsRecord } from "./SqsRecord.ts"

export interface Options {
  /** Of the dead-letter queue. */
  readonly url: string
}

/** What SQS gives at a time. */
const batchSize = 10

/**
 * Seconds for which nobody else reads what was read, where whoever read it died and did not give it back. No longer,
 * since the alarm on dead letters counts the visible ones.
 */
const visibility = 300

/** Seconds. Without any wait SQS asks only some of its servers, and may miss what is there. */
const wait = 1

/** Three attempts within 16 s. What a lost answer named is hidden for the visibility, and not lost. */
const letterPolicy: Policy = {
  timeout: Duration.seconds(5),
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
      const ask = <A>(send: (options: { readonly abortSignal: AbortSignal }) => Promise<A>) =>
        call((abortSignal) => send({ abortSignal }), letterPolicy)
      /** Of what was read and not removed: by message, since a standard queue may give one twice, the handle given last. */
      const handles = new Map<string, string>()
      const receive = Effect.gen(function* () {
        const command = new ReceiveMessageCommand({
          QueueUrl: url,
          MaxNumberOfMessages: batchSize,
          VisibilityTimeout: visibility,
          WaitTimeSeconds: wait,
          MessageSystemAttributeNames: ["All"],
          MessageAttributeNames: ["All"],
        })
        const { Messages = [] } = yield* ask((options) => client.send(command, options))
        for (const { MessageId = "", ReceiptHandle = "" } of Messages) handles.set(MessageId, ReceiptHandle)
        return Messages
      })
      const giveBack = Effect.fn("DeadLetters.giveBack")(function* (ids: ReadonlyArray<string>) {
        const left = ids.flatMap((id) => {
          const ReceiptHandle = handles.get(id)
          handles.delete(id)
          return ReceiptHandle === undefined ? [] : [{ ReceiptHandle, VisibilityTimeout: 0 }]
        })
        yield* Effect.forEach(
          Arr.chunksOf(left, batchSize),
          (batch) => {
            const Entries = batch.map((entry, index) => ({ ...entry, Id: String(index) }))
            const command = new ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries })
            return ask((options) => client.send(command, options))
          },
          { concurrency: 10, discard: true },
        ).pipe(
          Effect.catch(({ cause }) =>
            Effect.logWarning("what was read of the dead letters is hidden for five minutes", { error: cause }),
          ),
        )
      })
      const letters = Stream.suspend(() => {
        const read = new Set<string>()
        return Stream.paginate(
          undefined,
          Effect.fn("DeadLetters.read")(function* () {
            const fresh = (yield* receive).filter(({ MessageId = "" }) => !read.has(MessageId))
            for (const { MessageId = "" } of fresh) read.add(MessageId)
            const more = fresh.length > 0 ? Option.some(undefined) : Option.none<undefined>()
            return [yield* Effect.forEach(fresh, letterOf), more] as const
          }, mapError),
        ).pipe(Stream.ensuring(Effect.suspend(() => giveBack([...read]))))
      })
      return DeadLetters.of({
        letters,
        remove: Effect.fn("DeadLetters.remove")(function* (id: string) {
          const ReceiptHandle = handles.get(id)
          if (ReceiptHandle === undefined) return
          const command = new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle })
          yield* ask((options) => client.send(command, options))
          handles.delete(id)
        }, mapError),
      })
    }),
  )

const mapError = Effect.mapError((reason: DeadLettersError["reason"]) => new DeadLettersError({ reason }))

const letterOf = (message: Message): Effect.Effect<DeadLetter> => {
  const { Attributes = {}, Body = "", MessageAttributes = {}, MessageId = "" } = message
  const texts = Object.entries(MessageAttributes).flatMap(([name, { StringValue }]) =>
    StringValue === undefined ? [] : [[name, { stringValue: StringValue }]],
  )
  const record = { body: Body, attributes: Attributes, messageAttributes: Object.fromEntries(texts) }
  return Effect.map(
    Effect.catch(fromSqsRecord(record), () => Effect.succeed(foreign(message))),
    (update) => ({ id: MessageId, update }),
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
