import { execFile } from "node:child_process"
import { join } from "node:path"
import { promisify } from "node:util"
import { botIdOf } from "@concierge/core/config.ts"
import type { Events } from "@concierge/core/services/Events.ts"
import { LogLines, LogLinesError } from "@concierge/core/services/LogLines.ts"
import { Unavailable } from "@concierge/core/services/reasons.ts"
import { fromIso } from "@concierge/core/Time.ts"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { localBot } from "./dataFile.ts"
import type { Place } from "./Place.ts"
import { neededResource, stageName } from "./resource.ts"
import { tableNames } from "./tableNames.ts"

/** The bot whose updates they are: update ids are a bot's own. */
export class Bot extends Context.Service<Bot, { readonly id: string }>()("@concierge/cli/places/logs/Bot") {}

export type Logs = Bot | Events | LogLines

const here: Place<Logs>["here"] = Layer.unwrap(
  Effect.gen(function* () {
    const { data, file, token } = yield* localBot
    const [events, { Tables }, lines, { logDirectory }] = yield* Effect.promise(() =>
      Promise.all([
        import("@concierge/local/store/Events.ts"),
        import("@concierge/local/store/Tables.ts"),
        import("@concierge/local/log/LogLines.ts"),
        import("@concierge/local/log/logging.ts"),
      ]),
    )
    return Layer.mergeAll(
      Layer.provide(events.layer, Tables.layer(file)),
      lines.layer(join(data, logDirectory)),
      Layer.succeed(Bot, { id: botIdOf(token) }),
    )
  }),
)

const stage: Place<Logs>["stage"] = Layer.unwrap(
  Effect.gen(function* () {
    const [{ Dynamo }, events] = yield* Effect.promise(() =>
      Promise.all([import("@concierge/aws/dynamo/Dynamo.ts"), import("@concierge/aws/dynamo/Events.ts")]),
    )
    const app = yield* neededResource("App", "name")
    const token = yield* neededResource("TelegramBotToken", "value")
    return Layer.mergeAll(
      Layer.provide(events.layer, Dynamo.layer(yield* tableNames)),
      cloudWatch(`/aws/lambda/${app}-${stageName()}`),
      Layer.succeed(Bot, { id: botIdOf(Redacted.make(token)) }),
    )
  }),
)

const Found = Schema.fromJsonString(Schema.Struct({ events: Schema.Array(Schema.Struct({ message: Schema.String })) }))

/**
 * CloudWatch's, asked by the AWS CLI, which every operator has: a client of the SDK's would be one more dependency for one
 * command.
 */
const cloudWatch = (prefix: string): Layer.Layer<LogLines> => {
  const find = async (group: string, pattern: string, from: number) => {
    const args = ["logs", "filter-log-events", "--log-group-name", group, "--filter-pattern", pattern]
    const times = ["--start-time", String(from), "--output", "json"]
    const { stdout } = await promisify(execFile)("aws", [...args, ...times], { maxBuffer: 64 * 1_024 * 1_024 })
    return Schema.decodeUnknownSync(Found)(stdout).events.map(({ message }) => message)
  }
  return Layer.effect(
    LogLines,
    Effect.promise(async () => {
      const { ofUpdate, readLine } = await import("@concierge/core/observe/read.ts")
      return LogLines.of({
        ofUpdate: (updateId, from) =>
          Effect.tryPromise({
            try: async () => {
              const since = from === undefined ? 0 : fromIso(from)
              const groups = ["webhook", "worker"].map((name) => `${prefix}-${name}`)
              const texts = await Promise.all(groups.map((group) => find(group, `{ $.updateId = ${updateId} }`, since)))
              const lines = texts
                .flat()
                .flatMap((text) => Option.match(readLine(text), { onNone: () => [], onSome: (line) => [line] }))
              return ofUpdate(lines, updateId)
            },
            catch: (cause) => new LogLinesError({ reason: new Unavailable({ cause }) }),
          }),
      })
    }),
  )
}

/** The log, and what is stored beside it. */
export const logs: Place<Logs> = { here, stage }
