import { environment } from "@concierge/aws/lambda/environment.ts"
import { former, linked, problemOf, secret, tables } from "@concierge/aws/lambda/read.ts"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import { BadInput } from "../BadInput.ts"

/** What `sst shell` tells of the stage. */
export const operated = Effect.provide(
  Config.all({
    botToken: secret("TelegramBotToken"),
    tombstones: Config.all({ key: secret("TombstoneKey"), former: former("TombstoneKey", "former") }),
    queues: Config.all({ url: linked("UpdateQueue", "url"), tapUrl: linked("TapQueue", "url") }),
    dead: Config.all({ url: linked("DeadLetters", "url") }),
    tables,
  }),
  environment,
).pipe(
  Effect.mapError((error) => new BadInput({ advice: `${problemOf(error)}. Run it with --stage, or inside sst shell` })),
)
