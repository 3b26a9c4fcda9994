import * as Config from "effect/Config"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { maxAge } from "./delivery/times.ts"
import type { Former } from "./Former.ts"
import { retention } from "./retention.ts"

/** What the webhook needs. */
export class WebhookConfig extends Context.Service<
  WebhookConfig,
  {
    /** Undefined: not configured, and every request is answered 503. */
    readonly secret: Redacted.Redacted<string> | undefined
    /** What Telegram may still send while it is told of another one. */
    readonly formerSecret?: Former | undefined
    /** Set by the edge in front of a permanent stage; undefined where there is none. */
    readonly originSecret: Redacted.Redacted<string> | undefined
  }
>()("@concierge/core/config/WebhookConfig") {}

/** What the worker needs. */
export class WorkerConfig extends Context.Service<
  WorkerConfig,
  {
    readonly botToken: Redacted.Redacted<string>
    /** Origin of the Bot API, without a slash at the end. */
    readonly telegramApi: string
    /** How long events and sessions are kept. */
    readonly retention: Duration.Duration
  }
>()("@concierge/core/config/WorkerConfig") {}

/** What those who were forgotten are hashed under. It outlives the bot's token. */
export class TombstoneKeys extends Context.Service<
  TombstoneKeys,
  {
    readonly key: Redacted.Redacted<string>
    /** What they were hashed under before, for as long as such a hash is kept. */
    readonly former?: Former | undefined
  }
>()("@concierge/core/config/TombstoneKeys") {}

/** An event must outlive every copy of its update. */
const RetentionDays = Schema.FiniteFromString.check(
  Schema.isBetween({ minimum: retention.lastUpdate, maximum: retention.eventsMost }),
)

export const eventRetention = Config.schema(RetentionDays, "EVENT_RETENTION_DAYS").pipe(
  Config.withDefault(retention.events),
  Config.map(Duration.days),
)

/** The id of the bot is the part of its token before the colon. */
export const botIdOf = (botToken: Redacted.Redacted<string>): string => Redacted.value(botToken).split(":", 1)[0] ?? ""

/** Never longer than events are kept less a day: an older update's event may be gone. */
export const maxAgeOf = (retention: Duration.Duration): Duration.Duration =>
  Duration.min(maxAge, Duration.subtract(retention, Duration.days(1)))
