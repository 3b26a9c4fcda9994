import { WorkerConfig } from "@concierge/core/config.ts"
import { Dynamo } from "@concierge/core/services/aws/Dynamo.ts"
import * as Events from "@concierge/core/services/aws/Events.ts"
import * as Media from "@concierge/core/services/aws/Media.ts"
import * as Queue from "@concierge/core/services/aws/Queue.ts"
import * as Sessions from "@concierge/core/services/aws/Sessions.ts"
import * as Settings from "@concierge/core/services/aws/Settings.ts"
import * as Speech from "@concierge/core/services/aws/Speech.ts"
import * as Users from "@concierge/core/services/aws/Users.ts"
import { FileIds } from "@concierge/core/services/FileIds.ts"
import { Greetings } from "@concierge/core/services/Greetings.ts"
import { MetricsEmf } from "@concierge/core/services/MetricsEmf.ts"
import { Telegram } from "@concierge/core/services/Telegram.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { workerConfig } from "../config/worker.ts"
import { environment } from "../environment.ts"
import { loggingLayer } from "../logging.ts"
import { spansLayer } from "../spans.ts"
import { httpLayer } from "./http.ts"

/** What works an update in AWS. Every client is built once, with the container. */
export const workerLayer = Layer.unwrap(
  Effect.map(workerConfig, (config) => {
    const { botToken, greetingsBucket, logLevel, mediaBucket, retentionDays, telegramApi, voices } = config
    const stores = Layer.mergeAll(Users.layer, Events.layer, Sessions.layer, Settings.layer).pipe(
      // A first message asks for the person, the event and the request to be forgotten at once.
      Layer.provide(Dynamo.layer(config.tables, { early: 3 })),
    )
    const aws = Layer.mergeAll(
      stores,
      Queue.layer({ url: config.queueUrl }),
      Media.layer({ mediaBucket, greetingsBucket, lifetime: config.mediaUrlLifetime }),
      Speech.layer({ voices }),
    )
    return Layer.mergeAll(Telegram.layerNoDeps, Greetings.layerNoDeps, FileIds.layerNoDeps).pipe(
      Layer.provideMerge(
        Layer.mergeAll(
          aws,
          httpLayer(telegramApi),
          Layer.succeed(WorkerConfig, { botToken, telegramApi, retentionDays }),
          MetricsEmf.layer({ stage: config.stage }),
          loggingLayer(logLevel),
          spansLayer(logLevel),
        ),
      ),
    )
  }),
).pipe(Layer.provide(environment))
