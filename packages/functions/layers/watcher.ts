import { environment } from "@concierge/aws/lambda/environment.ts"
import { loggingLayer } from "@concierge/aws/lambda/logging.ts"
import * as MetricsEmf from "@concierge/aws/lambda/MetricsEmf.ts"
import { withTelemetry } from "@concierge/aws/otlp/telemetry.ts"
import { httpLayer } from "@concierge/aws/sdk/http.ts"
import { WorkerConfig } from "@concierge/core/config.ts"
import { retention } from "@concierge/core/retention.ts"
import * as BotState from "@concierge/telegram/BotState.ts"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { watcherConfig } from "../config/watcher.ts"
import { Watched } from "../watcherHandler.ts"

/** What asks Telegram how the bot is. */
export const watcherLayer = Layer.unwrap(
  Effect.map(watcherConfig, ({ botToken, logLevel, stage, telegramApi, webhookUrl }) =>
    Layer.mergeAll(
      Layer.provide(BotState.layer, [
        httpLayer(telegramApi),
        Layer.succeed(WorkerConfig, { botToken, telegramApi, retention: Duration.days(retention.events) }),
      ]),
      Layer.succeed(Watched, { webhookUrl }),
      withTelemetry(Layer.merge(MetricsEmf.layer({ stage }), loggingLayer(logLevel))),
    ),
  ),
).pipe(Layer.provide(environment))
