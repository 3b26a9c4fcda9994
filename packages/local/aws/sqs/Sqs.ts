import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs"
import { maxReceives, visibilitySeconds } from "@concierge/core/delivery/deployed.ts"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { account, clientOptions, region } from "../sdk.ts"

export interface QueueOptions {
  /** Seconds for which a received message is hidden. */
  readonly visibility: number
  /** Receives after which a message becomes a dead letter. */
  readonly maxReceives: number
}

/** As the stack has it; tests are in more of a hurry. */
export const queueOptions: QueueOptions = { visibility: visibilitySeconds, maxReceives }

/** The queue and its dead letters, as whoever polls them sees them. */
export interface Sqs {
  readonly url: string
  readonly tapUrl: string
  readonly deadUrl: string
  /** Up to ten messages, waited for up to `wait` seconds. */
  receive(url: string, wait: number): Effect.Effect<ReadonlyArray<Message>>
  remove(messages: ReadonlyArray<Message>, from?: string): Effect.Effect<void>
  /** As somebody else would: without the attributes that an update has. */
  send(body: string, to?: string): Effect.Effect<void>
  /** How many there are, delayed and hidden ones included. */
  count(url: string): Effect.Effect<number>
}

/** Creates the queue with its dead-letter queue. Only stand-ins are behind it, so that any failure is a defect. */
export const makeSqs = (endpoint: string, options = queueOptions): Effect.Effect<Sqs, never, Scope.Scope> =>
  Effect.gen(function* () {
    const client = yield* Effect.acquireRelease(
      Effect.sync(() => new SQSClient(clientOptions(endpoint))),
      (client) => Effect.sync(() => client.destroy()),
    )
    const create = (name: string, Attributes: Record<string, string>) =>
      Effect.as(
        Effect.promise(() => client.send(new CreateQueueCommand({ QueueName: name, Attributes }))),
        // Its own URLs name the host that asked, whatever that was.
        `${endpoint}/${account}/${name}`,
      )
    const deadUrl = yield* create("DeadLetters", {})
    const attributes = {
      VisibilityTimeout: String(options.visibility),
      MaximumMessageSize: "1048576",
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: `arn:aws:sqs:${region}:${account}:DeadLetters`,
        maxReceiveCount: options.maxReceives,
      }),
    }
    const url = yield* create("UpdateQueue", attributes)
    const tapUrl = yield* create("TapQueue", attributes)
    return {
      url,
      tapUrl,
      deadUrl,
      receive: Effect.fnUntraced(function* (url: string, wait: number) {
        const command = new ReceiveMessageCommand({
          QueueUrl: url,
          MaxNumberOfMessages: 10,
          WaitTimeSeconds: wait,
          MessageSystemAttributeNames: ["All"],
          MessageAttributeNames: ["All"],
        })
        const { Messages } = yield* Effect.promise((abortSignal) => client.send(command, { abortSignal }))
        return Messages ?? []
      }),
      remove: Effect.fnUntraced(function* (messages: ReadonlyArray<Message>, from = url) {
        if (messages.length === 0) return
        const Entries = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }))
        yield* Effect.promise(() => client.send(new DeleteMessageBatchCommand({ QueueUrl: from, Entries })))
      }),
      send: (body, to = url) =>
        Effect.asVoid(Effect.promise(() => client.send(new SendMessageCommand({ QueueUrl: to, MessageBody: body })))),
      count: Effect.fnUntraced(function* (url: string) {
        const command = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["All"] })
        const { Attributes = {} } = yield* Effect.promise(() => client.send(command))
        const { ApproximateNumberOfMessages: visible, ApproximateNumberOfMessagesNotVisible: hidden } = Attributes
        return Number(visible ?? 0) + Number(hidden ?? 0) + Number(Attributes.ApproximateNumberOfMessagesDelayed ?? 0)
      }),
    }
  })
