import { common, former, linked, secret, tables } from "@concierge/aws/lambda/read.ts"
import { eventRetention } from "@concierge/core/config.ts"
import * as Config from "effect/Config"
import * as Duration from "effect/Duration"
import * as Schema from "effect/Schema"
import { telegram } from "./telegram.ts"

/** Whole minutes, a day at most. */
const UrlMinutes = Schema.FiniteFromString.check(Schema.isInt(), Schema.isBetween({ minimum: 1, maximum: 1440 }))

export const workerConfig = Config.all({
  ...common,
  tombstones: Config.all({ key: secret("TombstoneKey"), former: former("TombstoneKey", "former") }),
  ...telegram,
  retention: eventRetention,
  tables,
  mediaBucket: linked("MediaBucket", "name"),
  greetingsBucket: linked("GreetingsBucket", "name"),
  mediaUrlLifetime: Config.schema(UrlMinutes, "MEDIA_URL_MINUTES").pipe(
    Config.withDefault(10),
    Config.map((minutes) => Duration.minutes(minutes)),
  ),
})
