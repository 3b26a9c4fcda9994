import { WebhookConfig, WorkerConfig } from "@concierge/core/config.ts"
import * as Duration from "effect/Duration"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Redacted from "effect/Redacted"
import { brandLayer } from "../../layers/brand.ts"
import { outsideLayer, webhookSecret } from "../../layers/testWorld.ts"

/** What the programs need beside the stores and the queue. The tombstones are hashed under the whole of this token. */
export const outside = Layer.mergeAll(
  outsideLayer,
  brandLayer,
  Layer.succeed(WebhookConfig, { secret: Redacted.make(webhookSecret), originSecret: undefined }),
  Layer.succeed(WorkerConfig, {
    botToken: Redacted.make("4242:stand-in"),
    telegramApi: "http://127.0.0.1",
    retention: Duration.days(90),
  }),
  Logger.layer([]),
)
