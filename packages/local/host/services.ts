import { join } from "node:path"
import { retentionDays, WebhookConfig, WorkerConfig } from "@concierge/core/config.ts"
import { FileIds } from "@concierge/core/services/FileIds.ts"
import { Greetings } from "@concierge/core/services/Greetings.ts"
import { Metrics } from "@concierge/core/services/Metrics.ts"
import { Telegram } from "@concierge/core/services/Telegram.ts"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Journal } from "../journal/Journal.ts"
import * as files from "../media/files.ts"
import { queueLayer } from "../queue/LocalQueue.ts"
import * as espeak from "../speech/espeak.ts"
import { eventsLayer } from "../store/Events.ts"
import { sessionsLayer } from "../store/Sessions.ts"
import { settingsLayer } from "../store/Settings.ts"
import { Stats } from "../store/Stats.ts"
import { Tables } from "../store/Tables.ts"
import { usersLayer } from "../store/Users.ts"
import { botToken } from "./bot.ts"
import type { Settings } from "./settings.ts"

/** Everything the two programs ask for, on this machine: the one place where the local layers are chosen. */
export const servicesLayer = ({ data, secret }: Settings, origin: string) => {
  const config = Layer.mergeAll(
    Layer.succeed(WebhookConfig, { secret, originSecret: undefined }),
    Layer.effect(
      WorkerConfig,
      Effect.map(retentionDays, (retentionDays) => ({ botToken, telegramApi: origin, retentionDays })),
    ),
  )
  const stores = Layer.mergeAll(usersLayer, eventsLayer, sessionsLayer, settingsLayer, queueLayer, Stats.layer)
  const outside = Layer.mergeAll(Telegram.layerNoDeps, Greetings.layerNoDeps, FileIds.layerNoDeps)
  return outside.pipe(
    Layer.provideMerge(stores),
    Layer.provideMerge(
      Layer.mergeAll(
        Tables.layer(join(data, "concierge.sqlite")),
        files.layer({ directory: data, origin }),
        espeak.layer,
        NodeHttpClient.layerNodeHttpOptions({ keepAlive: true }),
        Metrics.layerNone,
        Journal.layer,
        config,
      ),
    ),
  )
}
