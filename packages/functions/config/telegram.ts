import { secret } from "@concierge/aws/lambda/read.ts"
import * as Config from "effect/Config"
import * as Schema from "effect/Schema"

/** The bot's id is the part before the colon. */
const BotToken = Schema.String.check(Schema.isPattern(/^\d+:\S+$/))

/** What whoever calls Telegram reads. */
export const telegram = {
  botToken: secret("TelegramBotToken", BotToken),
  telegramApi: Config.URL("TELEGRAM_API").pipe(
    Config.map(({ origin }) => origin),
    Config.withDefault("https://api.telegram.org"),
  ),
}
