import type { Unavailable } from "@concierge/core/services/reasons.ts"
import { isOfTaps, UpdateQueue, UpdateQueueError } from "@concierge/core/services/UpdateQueue.ts"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import type * as Scope from "effect/Scope"
import { call, type Policy } from "../sdk/call.ts"
import { late } from "../sdk/late.ts"
import { messageOf } from "./messageOf.ts"
import type { open } from "./sqs.ts"

type Sqs = Effect.Effect<ReturnType<typeof open>, Unavailable>

export interface Options {
  readonly url: string
  /** Of the queue for taps. */
  readonly tapUrl: string
  /** The client: {@link early} for who sends with every request. A worker, which seldom sends, loads it with the first message. */
  readonly sqs?: Effect.Effect<Sqs, never, Scope.Scope>
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
export const layer = ({ sqs = late(async () => (await import("./sqs.ts")).open()), tapUrl, url }: Options) =>
  Layer.effect(
    UpdateQueue,
    Effect.map(sqs, (opened) =>
      UpdateQueue.of({
        // Without a span, which would be 20 to 35 µs of a webhook's CPU (docs/performance.md).
        send: (update, delay) =>
          Effect.flatMap(opened, ({ client, SendMessageCommand }) => {
            const QueueUrl = isOfTaps(update.attributes) ? tapUrl : url
            const command = new SendMessageCommand({ QueueUrl, ...messageOf(update, delay) })
            return call((abortSignal) => client.send(command, { abortSignal }), sendPolicy)
          }).pipe(
            Effect.matchEffect({
              onSuccess: () => Effect.void,
              onFailure: (reason) => Effect.fail(new UpdateQueueError({ reason })),
            }),
          ),
      }),
    ),
  )
