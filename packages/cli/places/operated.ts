import { former, linked, secret, tables } from "@concierge/aws/lambda/read.ts"
import * as Config from "effect/Config"
import { stageConfig } from "./stageConfig.ts"

/** What is worked with on a stage. */
export const operated = stageConfig(
  Config.all({
    botToken: secret("TelegramBotToken"),
    tombstones: Config.all({ key: secret("TombstoneKey"), former: former("TombstoneKey", "former") }),
    queues: Config.all({ url: linked("UpdateQueue", "url"), tapUrl: linked("TapQueue", "url") }),
    dead: Config.all({ url: linked("DeadLetters", "url") }),
    tables,
  }),
)
