import { resolve } from "node:path"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as LogLevel from "effect/LogLevel"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as SchemaTransformation from "effect/SchemaTransformation"
import { formats } from "../log/logging.ts"
import { Problem } from "./Problem.ts"

/** 0: any that is free. */
const Port = Schema.NumberFromString.check(Schema.isInt(), Schema.isBetween({ minimum: 0, maximum: 65_535 }))

const Token = Schema.String.check(Schema.isPattern(/^\d{1,20}:[\w-]{1,200}$/))

/** Without a slash at the end. */
const Origin = Schema.String.check(Schema.makeFilter((text) => /^https?:/.test(text) && URL.canParse(text))).pipe(
  Schema.decodeTo(
    Schema.String,
    SchemaTransformation.transform({ decode: (text) => text.replace(/\/+$/, ""), encode: (text) => text }),
  ),
)

/** What Telegram allows as `secret_token`. */
const Secret = Schema.String.check(Schema.isPattern(/^[A-Za-z0-9_-]{1,256}$/))

const levelOf = (text: string): LogLevel.LogLevel | undefined =>
  LogLevel.values.find((level) => level.toLowerCase() === text.toLowerCase())

const setting = <A>(config: Config.Config<A>, advice: string): Effect.Effect<A, Problem> =>
  Effect.mapError(config, () => new Problem({ advice }))

/** The name of the brand's folder. */
export const brandName = setting(
  Config.NonEmptyString("BRAND").pipe(Config.withDefault("concierge")),
  "BRAND must name a folder in brands/; leave it out for concierge.",
)

/** The data directory, absolute. */
export const dataDirectory = setting(
  Config.NonEmptyString("CONCIERGE_DATA").pipe(Config.withDefault(".concierge")),
  "CONCIERGE_DATA must name a directory; leave it out for .concierge.",
).pipe(Effect.map((path) => resolve(path)))

/** Of the real bot; undefined: the stand-in's is meant. */
export const realToken = setting(
  Config.option(Config.schema(Token, "TELEGRAM_BOT_TOKEN")),
  "TELEGRAM_BOT_TOKEN must be a bot's token as @BotFather gives it, like 123456:ABC-def; leave it out for the stand-in.",
).pipe(Effect.map(Option.map((token) => Redacted.make(token))), Effect.map(Option.getOrUndefined))

/** What the environment says, each setting with words of its own for when it cannot be used. */
export const environment = Effect.all({
  port: setting(
    Config.schema(Port, "PORT").pipe(Config.withDefault(8787)),
    "PORT must be a whole number from 0 (any free port) to 65535.",
  ),
  brand: brandName,
  data: dataDirectory,
  token: realToken,
  telegramApi: setting(
    Config.option(Config.schema(Origin, "TELEGRAM_API")),
    "TELEGRAM_API must be the address of a Bot API server, like http://127.0.0.1:8081; leave it out for Telegram's own.",
  ).pipe(Effect.map(Option.getOrUndefined)),
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
  logFormat: setting(
    Config.Literals(formats, "LOG_FORMAT").pipe(Config.withDefault("text" as const)),
    "LOG_FORMAT must be text or json.",
  ),
  secret: setting(
    Config.option(Config.schema(Secret, "TELEGRAM_WEBHOOK_SECRET")),
    "TELEGRAM_WEBHOOK_SECRET must be 1 to 256 of A-Z, a-z, 0-9, _ and -; leave it out and one is made for you.",
  ).pipe(Effect.map(Option.map((secret) => Redacted.make(secret))), Effect.map(Option.getOrUndefined)),
})
