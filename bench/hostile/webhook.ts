import { WebhookConfig } from "@concierge/core/config.ts"
import { receiveUpdate } from "@concierge/core/delivery/receive.ts"
import * as NoMetrics from "@concierge/core/layers/NoMetrics.ts"
import { UpdateQueue } from "@concierge/core/services/UpdateQueue.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"

/** What the webhook needs, with a queue that takes everything at once. */
const services = Layer.mergeAll(
  Layer.succeed(WebhookConfig, { secret: Redacted.make("s"), originSecret: undefined }),
  Layer.succeed(UpdateQueue, { send: () => Effect.void }),
  NoMetrics.layer,
)

/** Takes in a body. Gives the status that is answered. */
export const receive = (bytes: Uint8Array): number => {
  const request = { method: "POST", header: () => "s", body: Effect.succeed(bytes), correlationId: "bench" }
  return Effect.runSync(Effect.provide(receiveUpdate(request), services)).status
}
