import { createServer } from "node:http"
import { buffer } from "node:stream/consumers"
import { isInShell } from "@concierge/cli/places/again.ts"
import { receiveUpdate } from "@concierge/core/delivery/receive.ts"
import * as Effect from "effect/Effect"
import { withEnvironment } from "../../../packages/local/aws/sdk.ts"
import { Consumer } from "../../contract/suites/Consumer.ts"
import { listen } from "../../layers/listen.ts"
import { webhookSecret } from "../../layers/testWorld.ts"
import { type Operated, work } from "./places.ts"

const operatorKey = "the-operators-key"

/** The webhook behind its edge, as an operator's tool finds both kinds of place, and a worker that may be down. */
export const webhook = Effect.gen(function* () {
  const context = yield* Effect.context<Operated>()
  const consumer = yield* Consumer
  const state = { isWorking: true, answered: [] as Array<number> }
  const server = createServer(async (request, response) => {
    // There the clock stands still unless it is moved.
    if (isInShell()) await Effect.runPromise(consumer.pass(0.01))
    const received = receiveUpdate({
      method: request.method ?? "",
      header: (name) => request.headers[name]?.toString(),
      body: Effect.succeed(await buffer(request)),
      correlationId: "c",
    })
    const isStranger = isInShell() && request.headers["x-concierge-operator"] !== operatorKey
    const { body, status } = isStranger
      ? { body: "", status: 403 }
      : await Effect.runPromiseWith(context)(Effect.orDie(received))
    state.answered.push(status)
    response.writeHead(status).end(body)
    if (status === 200 && state.isWorking) await Effect.runPromiseWith(context)(Effect.orDie(work))
  })
  const origin = yield* listen(server)
  yield* withEnvironment({
    PORT: new URL(origin).port,
    TELEGRAM_WEBHOOK_SECRET: webhookSecret,
    SST_RESOURCE_Operations: JSON.stringify({ webhookUrl: `${origin}/telegram/webhook`, operatorKey }),
    SST_RESOURCE_TelegramWebhookSecret: JSON.stringify({ value: webhookSecret }),
  })
  return state
})
