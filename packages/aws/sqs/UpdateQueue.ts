import { type MessageAttributeValue, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs"
import { isTap, type QueuedUpdate, UpdateQueue, UpdateQueueError } from "@concierge/core/services/UpdateQueue.ts"
import { iso } from "@concierge/core/Time.ts"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Record from "effect/Record"
import * as Schedule from "effect/Schedule"
import { call, type Policy } from "../sdk/call.ts"
import { EarlyAgent } from "../sdk/EarlyAgent.ts"
import { rehearse } from "../sdk/rehearse.ts"

export interface Options {
  readonly url: string
  /** Of the queue for taps. */
  readonly tapUrl: string
  /** To have the first message rehearsed and a connection open when the layer is built. */
  readonly early?: boolean
}

/**
 * Three attempts within 4.6 s: far inside the function's 30 s and Telegram's 60, which then delivers again. SQS answers
 * in some 10 ms, and a connection that froze with its container shows by an error, not by silence.
 */
const sendPolicy: Policy = {
  timeout: Duration.millis(1400),
  retry: Schedule.exponential("100 millis").pipe(Schedule.jittered, Schedule.upTo({ times: 2 })),
}

/** The queue on SQS. A send that timed out may have arrived: the worker knows an update that it has seen. */
export const layer = ({ early = false, tapUrl, url }: Options): Layer.Layer<UpdateQueue> =>
  Layer.effect(
    UpdateQueue,
    Effect.gen(function* () {
      const httpsAgent = new EarlyAgent()
      const client = yield* Effect.acquireRelease(
        Effect.sync(() => new SQSClient({ maxAttempts: 1, requestHandler: { httpsAgent } })),
        (client) => Effect.sync(() => client.destroy()),
      )
      if (early) {
        yield* rehearse(httpsAgent, 1, (sendTo) => {
          const command = new SendMessageCommand({ QueueUrl: url, ...messageOf(rehearsal, undefined) })
          command.middlewareStack.add(
            () =>
              ({ request }) =>
                sendTo(request),
            { step: "deserialize", priority: "low" },
          )
          return client.send(command)
        })
      }
      return UpdateQueue.of({
        // Without a span, which would be 20 to 35 µs of a webhook's CPU (docs/performance.md).
        send: (update, delay) =>
          Effect.suspend(() => {
            const QueueUrl = isTap(update.attributes) ? tapUrl : url
            const command = new SendMessageCommand({ QueueUrl, ...messageOf(update, delay) })
            return Effect.matchEffect(
              call((abortSignal) => client.send(command, { abortSignal }), sendPolicy),
              { onSuccess: () => Effect.void, onFailure: (reason) => Effect.fail(new UpdateQueueError({ reason })) },
            )
          }),
      })
    }),
  )

/** Of the shape that every update has on the queue. Never sent. */
const rehearsal: QueuedUpdate = {
  body: "{}",
  group: "none",
  attributes: { updateId: 0, kind: "none", receivedAt: iso(""), correlationId: "", attempt: 0 },
}

const messageOf = ({ attributes, body, group }: QueuedUpdate, delay: Duration.Duration | undefined) => ({
  MessageBody: body,
  MessageGroupId: group,
  MessageAttributes: Record.map<string, string | number, MessageAttributeValue>(attributes, attribute),
  ...(delay !== undefined && { DelaySeconds: Math.ceil(Duration.toSeconds(delay)) }),
})

const attribute = (value: string | number): MessageAttributeValue => ({
  DataType: "String",
  StringValue: String(value),
})
