import { TombstoneKeys, WebhookConfig, WorkerConfig } from "@concierge/core/config.ts"
import { iso } from "@concierge/core/Time.ts"
import * as Duration from "effect/Duration"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Redacted from "effect/Redacted"
import { brandLayer } from "../../layers/brand.ts"
import { outsideLayer, webhookSecret } from "../../layers/testWorld.ts"

/** What the programs need beside the stores and the queue. The tombstones stored before are hashed under the token. */
export const outside = Layer.mergeAll(
  outsideLayer,
  brandLayer,
  Layer.succeed(WebhookConfig, { secret: Redacted.make(webhookSecret), originSecret: undefined }),
  Layer.succeed(WorkerConfig, {
    botToken: Redacted.make("4242:stand-in"),
    telegramApi: "http://127.0.0.1",
    retention: Duration.days(90),
  }),
  Layer.succeed(TombstoneKeys, {
    key: Redacted.make("of the tombstones"),
    former: { value: Redacted.make("4242:stand-in"), until: iso("9999-12-31T00:00:00.000Z") },
  }),
  Logger.layer([]),
)
