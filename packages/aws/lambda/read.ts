import { FormerText, formerOf } from "@concierge/core/Former.ts"
import * as Config from "effect/Config"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"

/** A property of a resource that the stack links to the function. */
export const linked = (resource: string, property: string) => Config.schema(Schema.NonEmptyString, [resource, property])

export const secret = (resource: string, shape: Schema.Codec<string> = Schema.NonEmptyString) =>
  Config.schema(Schema.Redacted(shape), [resource, "value"])

/** A secret that was replaced, where there is one. */
export const former = (resource: string, property = "value") =>
  Config.option(Config.schema(Schema.Redacted(FormerText), [resource, property])).pipe(
    Config.map((text) => Option.getOrUndefined(Option.map(text, formerOf))),
  )

/** What every function reads. */
export const common = {
  stage: Config.NonEmptyString("STAGE"),
  logLevel: Config.LogLevel("LOG_LEVEL").pipe(Config.withDefault("Info" as const)),
  queues: Config.all({ url: linked("UpdateQueue", "url"), tapUrl: linked("TapQueue", "url") }),
}

export const tables = Config.all({
  users: linked("UsersTable", "name"),
  events: linked("EventsTable", "name"),
  sessions: linked("SessionsTable", "name"),
  settings: linked("SettingsTable", "name"),
})

/** What is missing or malformed, in one line and without the value. */
export const problemOf = ({ cause, message }: Config.ConfigError): string => {
  if (cause._tag === "SourceError") return `configuration: ${cause.message}`
  const expected = /^SchemaError\((.*)/.exec(message)?.[1] ?? message
  const path = [...message.matchAll(/\["([^"]+)"\]/g)].map(([, key]) => key).join(".")
  return `configuration: ${path} is missing or malformed: ${expected}`
}
