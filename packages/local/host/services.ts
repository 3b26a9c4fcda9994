import { join } from "node:path"
import { Brand } from "@concierge/core/brand/Brand.ts"
import { eventRetention, TombstoneKeys, WebhookConfig, WorkerConfig } from "@concierge/core/config.ts"
import type { Former } from "@concierge/core/Former.ts"
import * as Composed from "@concierge/core/layers/composed.ts"
import * as TelegramClient from "@concierge/telegram/Telegram.ts"
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import * as Journal from "../journal/Journal.ts"
import * as LogLines from "../log/LogLines.ts"
import { logDirectory } from "../log/logging.ts"
import { metricsLayer } from "../log/telemetry.ts"
import * as files from "../media/files.ts"
import * as SqliteDeadLetters from "../queue/DeadLetters.ts"
import * as SqliteQueue from "../queue/LocalQueue.ts"
import * as Waiting from "../queue/Waiting.ts"
import * as espeak from "../speech/espeak.ts"
import * as SqliteArchive from "../store/Archive.ts"
import * as SqliteEvents from "../store/Events.ts"
import * as SqliteParked from "../store/Parked.ts"
import * as SqliteSessions from "../store/Sessions.ts"
import * as SqliteSettings from "../store/Settings.ts"
import * as Stats from "../store/Stats.ts"
import * as Tables from "../store/Tables.ts"
import * as SqliteUsers from "../store/Users.ts"
import type { HostSettings } from "./settings.ts"
import { tombstoneKeys } from "./tombstoneKeys.ts"

/** What every bot of this machine shares. */
export const machineLayer = ({ brand, data }: Pick<HostSettings, "brand" | "data">, origin: string) =>
  Layer.mergeAll(
    files.layer({ directory: data, origin }),
    LogLines.layer(join(data, logDirectory)),
    Layer.provideMerge(espeak.layer, Layer.succeed(Brand, brand)),
    NodeHttpClient.layerNodeHttpOptions({ keepAlive: true }),
    metricsLayer,
  )

export interface BotOptions {
  readonly botToken: Redacted.Redacted<string>
  /** Without a slash at the end. */
  readonly telegramApi: string
  /** Of the webhook. */
  readonly secret: Redacted.Redacted<string>
  readonly formerSecret?: Former | undefined
  /** The file of the tables. */
  readonly tables: string
}

/** Everything else that the two programs ask for: the one place where the local layers are chosen. */
export const servicesLayer = ({ formerSecret, secret, tables, ...bot }: BotOptions) => {
  const config = Layer.mergeAll(
    Layer.succeed(WebhookConfig, { secret, formerSecret, originSecret: undefined }),
    Layer.effect(
      WorkerConfig,
      Effect.map(eventRetention, (retention) => ({ ...bot, retention })),
    ),
    Layer.effect(TombstoneKeys, Effect.orDie(tombstoneKeys(tables, bot.botToken))),
  )
  const stores = Layer.mergeAll(
    SqliteUsers.layer,
    SqliteEvents.layer,
    SqliteSessions.layer,
    SqliteSettings.layer,
    SqliteQueue.layer,
    Stats.layer,
  )
  return Layer.mergeAll(Composed.layer, TelegramClient.layer).pipe(
    Layer.provideMerge(stores),
    Layer.provideMerge(Layer.mergeAll(Tables.layer(tables), Journal.layer, config)),
  )
}

/** What an operator looks at and does, beside the bot at its work. */
export const operatorLayer = Layer.mergeAll(
  SqliteArchive.layer,
  SqliteDeadLetters.layer,
  SqliteParked.layer,
  Waiting.layer,
)
