import { resolve } from "node:path"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as LogLevel from "effect/LogLevel"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { Problem } from "./Problem.ts"

/** 0: any that is free. */
const Port = Schema.NumberFromString.check(Schema.isInt(), Schema.isBetween({ minimum: 0, maximum: 65_535 }))

/** What Telegram allows as `secret_token`. */
const Secret = Schema.String.check(Schema.isPattern(/^[A-Za-z0-9_-]{1,256}$/))

const levelOf = (text: string): LogLevel.LogLevel | undefined =>
  LogLevel.values.find((level) => level.toLowerCase() === text.toLowerCase())

/** What the environment says, each setting with words of its own for when it cannot be used. */
export const environment = Effect.all({
  port: Effect.mapError(
    Config.schema(Port, "PORT").pipe(Config.withDefault(8787)),
    () => new Problem({ advice: "PORT must be a whole number from 0 (any free port) to 65535." }),
  ),
  brand: Effect.mapError(
    Config.NonEmptyString("BRAND").pipe(Config.withDefault("concierge")),
    () => new Problem({ advice: "BRAND must name a folder in brands/; leave it out for concierge." }),
  ),
  data: Effect.map(
    Effect.mapError(
      Config.NonEmptyString("CONCIERGE_DATA").pipe(Config.withDefault(".concierge")),
      () => new Problem({ advice: "CONCIERGE_DATA must name a directory; leave it out for .concierge." }),
    ),
    (path) => resolve(path),
  ),
  logLevel: Config.String("LOG_LEVEL").pipe(
    Config.withDefault("Info"),
    Effect.orDie,
    Effect.flatMap((text) =>
      Effect.mapError(
        Effect.fromNullishOr(levelOf(text)),
        () => new Problem({ advice: `LOG_LEVEL must be one of ${LogLevel.values.join(", ")}.` }),
      ),
    ),
  ),
  secret: Effect.mapError(
    Config.option(Config.schema(Secret, "TELEGRAM_WEBHOOK_SECRET")),
    () =>
      new Problem({
        advice:
          "TELEGRAM_WEBHOOK_SECRET must be 1 to 256 of A-Z, a-z, 0-9, _ and -; leave it out and one is made for you.",
      }),
  ).pipe(Effect.map(Option.getOrUndefined)),
})
