import { common, former, linked, secret, tables } from "@concierge/aws/lambda/read.ts"
import { eventRetention } from "@concierge/core/config.ts"
import * as Config from "effect/Config"
import * as Duration from "effect/Duration"
import * as Schema from "effect/Schema"

/** The bot's id is the part before the colon. */
const BotToken = Schema.String.check(Schema.isPattern(/^\d+:\S+$/))

/** Whole minutes, a day at most. */
const UrlMinutes = Schema.FiniteFromString.check(Schema.isInt(), Schema.isBetween({ minimum: 1, maximum: 1440 }))

export const workerConfig = Config.all({
  ...common,
  botToken: secret("TelegramBotToken", BotToken),
  tombstones: Config.all({ key: secret("TombstoneKey"), former: former("TombstoneKey", "former") }),
  telegramApi: Config.URL("TELEGRAM_API").pipe(
    Config.map(({ origin }) => origin),
    Config.withDefault("https://api.telegram.org"),
  ),
  retention: eventRetention,
  tables,
  mediaBucket: linked("MediaBucket", "name"),
  greetingsBucket: linked("GreetingsBucket", "name"),
  mediaUrlLifetime: Config.schema(UrlMinutes, "MEDIA_URL_MINUTES").pipe(
    Config.withDefault(10),
    Config.map((minutes) => Duration.minutes(minutes)),
  ),
})
