import { join } from "node:path"
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
import * as Aws from "../checks/Aws.ts"
import { ask } from "../checks/look.ts"
import { stageRegion } from "../checks/stageOptions.ts"
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
    const name = stageName() ?? ""
    return Layer.mergeAll(
      Layer.provide(events.layer, Dynamo.layer(yield* tableNames)),
      Layer.provide(cloudWatch(`/aws/lambda/${app}-${name}`), Aws.layer(stageRegion(name))),
      Layer.succeed(Bot, { id: botIdOf(Redacted.make(token)) }),
    )
  }),
)

const Found = Schema.Struct({ events: Schema.Array(Schema.Struct({ message: Schema.String })) })

/** CloudWatch's, asked by the AWS CLI as all that no function asks. */
const cloudWatch = (prefix: string): Layer.Layer<LogLines, never, Aws.Aws> =>
  Layer.effect(
    LogLines,
    Effect.gen(function* () {
      const { ofUpdate, readLine } = yield* Effect.promise(() => import("@concierge/core/observe/read.ts"))
      const aws = yield* Aws.Aws
      const find = (group: string, updateId: number, from: number) => {
        const where = ["--log-group-name", group, "--start-time", String(from)]
        const pattern = ["--filter-pattern", `{ $.updateId = ${updateId} }`]
        return Effect.map(
          Effect.provideService(ask(Found, "logs", "filter-log-events", ...where, ...pattern), Aws.Aws, aws),
          ({ events }) => events.map(({ message }) => message),
        )
      }
      return LogLines.of({
        ofUpdate: (updateId, from) => {
          const since = from === undefined ? 0 : fromIso(from)
          const groups = ["webhook", "worker"].map((name) => `${prefix}-${name}`)
          return Effect.forEach(groups, (group) => find(group, updateId, since), { concurrency: 2 }).pipe(
            Effect.map((texts) => {
              const lines = texts.flat().flatMap((text) => Option.toArray(readLine(text)))
              return ofUpdate(lines, updateId)
            }),
            Effect.mapError((cause) => new LogLinesError({ reason: new Unavailable({ cause }) })),
          )
        },
      })
    }),
  )

/** The log, and what is stored beside it. */
export const logs: Place<Logs> = { here, stage }
