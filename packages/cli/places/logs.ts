import { join } from "node:path"
import { botIdOf } from "@concierge/core/config.ts"
import type { Events } from "@concierge/core/services/Events.ts"
import type { LogLines } from "@concierge/core/services/LogLines.ts"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
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
    const [events, Tables, lines, { logDirectory }] = yield* Effect.promise(() =>
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
    const [Dynamo, events, aws, cloudWatch, { stageRegion }] = yield* Effect.promise(() =>
      Promise.all([
        import("@concierge/aws/dynamo/Dynamo.ts"),
        import("@concierge/aws/dynamo/Events.ts"),
        import("../checks/Aws.ts"),
        import("./cloudWatch.ts"),
        import("../checks/stageOptions.ts"),
      ]),
    )
    const app = yield* neededResource("App", "name")
    const token = yield* neededResource("TelegramBotToken", "value")
    const name = stageName() ?? ""
    const groups = ["webhook", "worker"].map((program) => `/aws/lambda/${app}-${name}-${program}`)
    return Layer.mergeAll(
      Layer.provide(events.layer, Dynamo.layer(yield* tableNames)),
      Layer.provide(cloudWatch.layer(groups), aws.layer(stageRegion(name))),
      Layer.succeed(Bot, { id: botIdOf(Redacted.make(token)) }),
    )
  }),
)

/** The log, and what is stored beside it. */
export const logs: Place<Logs> = { here, stage }
