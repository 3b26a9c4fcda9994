import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs"
import type { APIGatewayProxyEventV2, Context as LambdaContext } from "aws-lambda"
import { Config, Context, Data, Effect, Layer, ManagedRuntime, type Redacted, Schedule, Schema } from "effect3"
import { answer, bodyOf, isTelegram } from "./http.ts"
import { messageOf } from "./message.ts"

// Effect 3 in the idiom of its documentation: services, layers, Config, Schema, tagged errors, one runtime a container.
class QueueError extends Data.TaggedError("QueueError")<{ readonly cause: unknown }> {}

class Secret extends Context.Tag("Secret")<Secret, Redacted.Redacted>() {
  static readonly layer = Layer.effect(Secret, Config.redacted("WEBHOOK_SECRET"))
}

type Message = ReturnType<typeof messageOf>

class UpdateQueue extends Context.Tag("UpdateQueue")<
  UpdateQueue,
  { readonly send: (message: Message) => Effect.Effect<void, QueueError> }
>() {
  static readonly layer = Layer.scoped(
    UpdateQueue,
    Effect.gen(function* () {
      const client = yield* Effect.acquireRelease(
        Effect.sync(() => new SQSClient({ maxAttempts: 1 })),
        (client) => Effect.sync(() => client.destroy()),
      )
      const policy = Schedule.exponential("100 millis").pipe(Schedule.jittered, Schedule.intersect(Schedule.recurs(2)))
      const send = Effect.fn("UpdateQueue.send")((message: Message) =>
        Effect.tryPromise({
          try: (abortSignal) => client.send(new SendMessageCommand(message), { abortSignal }),
          catch: (cause) => new QueueError({ cause }),
        }).pipe(
          Effect.timeoutFail({ duration: "1400 millis", onTimeout: () => new QueueError({ cause: "timeout" }) }),
          Effect.retry(policy),
          Effect.asVoid,
        ),
      )
      return { send }
    }),
  )
}

const Update = Schema.Struct({ update_id: Schema.Int }, Schema.Record({ key: Schema.String, value: Schema.Unknown }))
const decode = Schema.decodeUnknown(Schema.parseJson(Update))

const program = Effect.fn("webhook")(function* (event: APIGatewayProxyEventV2, requestId: string) {
  yield* Secret
  if (event.requestContext.http.method !== "POST") return answer(405, { error: "Method Not Allowed" })
  if (!isTelegram(event)) return answer(401, { error: "Unauthorized" })
  const body = bodyOf(event)
  const update = yield* decode(body)
  const queue = yield* UpdateQueue
  yield* queue.send(messageOf(update, body, requestId))
  return answer(200, { ok: true })
})

const runtime = ManagedRuntime.make(Layer.mergeAll(Secret.layer, UpdateQueue.layer))

export const handler = (event: APIGatewayProxyEventV2, { awsRequestId }: LambdaContext) =>
  runtime.runPromise(
    program(event, awsRequestId).pipe(
      Effect.catchTags({
        ParseError: () => Effect.succeed(answer(400, { error: "not an update" })),
        QueueError: (error) =>
          Effect.as(Effect.logError("the queue did not take an update", error), answer(503, { error: "unavailable" })),
      }),
    ),
  )
