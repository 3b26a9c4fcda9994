import type { QueuedUpdate } from "@concierge/core/services/UpdateQueue.ts"
import { iso } from "@concierge/core/Time.ts"
import * as Effect from "effect/Effect"
import { EarlyAgent } from "../sdk/EarlyAgent.ts"
import { rehearse } from "../sdk/rehearse.ts"
import { messageOf } from "./messageOf.ts"
import { open } from "./sqs.ts"

/** SQS's client for who sends with every request: there from the start, its first message rehearsed and a connection open. */
export const early = (url: string) =>
  Effect.gen(function* () {
    const httpsAgent = new EarlyAgent()
    const sqs = yield* Effect.acquireRelease(
      Effect.sync(() => open(httpsAgent)),
      ({ client }) => Effect.sync(() => client.destroy()),
    )
    yield* rehearse(httpsAgent, 1, (sendTo) => {
      const command = new sqs.SendMessageCommand({ QueueUrl: url, ...messageOf(rehearsal) })
      command.middlewareStack.add(
        () =>
          ({ request }) =>
            sendTo(request),
        { step: "deserialize", priority: "low" },
      )
      return sqs.client.send(command)
    })
    return Effect.succeed(sqs)
  })

/** Of the shape that every update has on the queue. Never sent. */
const rehearsal: QueuedUpdate = {
  body: "{}",
  group: "none",
  attributes: { updateId: 0, kind: "none", receivedAt: iso(""), correlationId: "", attempt: 0 },
}
