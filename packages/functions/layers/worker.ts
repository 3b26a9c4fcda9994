import * as Dynamo from "@concierge/aws/dynamo/Dynamo.ts"
import * as Events from "@concierge/aws/dynamo/Events.ts"
import * as Sessions from "@concierge/aws/dynamo/Sessions.ts"
import * as Settings from "@concierge/aws/dynamo/Settings.ts"
import * as Users from "@concierge/aws/dynamo/Users.ts"
import { environment } from "@concierge/aws/lambda/environment.ts"
import { loggingLayer } from "@concierge/aws/lambda/logging.ts"
import * as MetricsEmf from "@concierge/aws/lambda/MetricsEmf.ts"
import { spansLayer } from "@concierge/aws/lambda/spans.ts"
import { withTelemetry } from "@concierge/aws/otlp/telemetry.ts"
import * as Speech from "@concierge/aws/polly/Speech.ts"
import * as Media from "@concierge/aws/s3/Media.ts"
import { httpLayer } from "@concierge/aws/sdk/http.ts"
import * as Queue from "@concierge/aws/sqs/UpdateQueue.ts"
import * as XrayTelemetry from "@concierge/aws/xray/Telemetry.ts"
import { Brand, type BrandValue } from "@concierge/core/brand/Brand.ts"
import { TombstoneKeys, WorkerConfig } from "@concierge/core/config.ts"
import * as Composed from "@concierge/core/layers/composed.ts"
import * as TelegramClient from "@concierge/telegram/Telegram.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { workerConfig } from "../config/worker.ts"

/** What works an update in AWS, for one brand. Every client is built once, with the container. */
export const workerLayer = (brand: BrandValue) =>
  Layer.unwrap(
    Effect.map(workerConfig, (config) => {
      const { greetingsBucket, logLevel, mediaBucket } = config
      const stores = Layer.mergeAll(Users.layer, Events.layer, Sessions.layer, Settings.layer).pipe(
        // A first message has two calls at a time: its event beside the request to be forgotten, its count beside its run.
        Layer.provide(Dynamo.layer(config.tables, { early: 2 })),
      )
      const aws = Layer.mergeAll(
        stores,
        Queue.layer(config.queues),
        Media.layer({ mediaBucket, greetingsBucket, lifetime: config.mediaUrlLifetime }),
        Layer.provide(Speech.layer, Layer.succeed(Brand, brand)),
      )
      return Layer.mergeAll(Composed.layer, TelegramClient.layer).pipe(
        Layer.provideMerge(
          Layer.mergeAll(
            aws,
            httpLayer(config.telegramApi),
            Layer.succeed(Brand, brand),
            Layer.succeed(WorkerConfig, config),
            Layer.succeed(TombstoneKeys, config.tombstones),
            Layer.provideMerge(
              spansLayer(logLevel),
              withTelemetry(
                Layer.merge(MetricsEmf.layer({ stage: config.stage }), loggingLayer(logLevel)),
                XrayTelemetry.layer(XrayTelemetry.ofLambda),
              ),
            ),
          ),
        ),
      )
    }),
  ).pipe(Layer.provide(environment))
