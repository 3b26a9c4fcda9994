import { eventRetention, TombstoneKeys, WorkerConfig } from "@concierge/core/config.ts"
import * as EndedLayer from "@concierge/core/layers/Ended.ts"
import * as FunnelLayer from "@concierge/core/layers/Funnel.ts"
import * as NoMetrics from "@concierge/core/layers/NoMetrics.ts"
import * as TombstonesLayer from "@concierge/core/layers/Tombstones.ts"
import type { DeadLetters } from "@concierge/core/services/DeadLetters.ts"
import type { Ended } from "@concierge/core/services/Ended.ts"
import type { Events } from "@concierge/core/services/Events.ts"
import type { Funnel } from "@concierge/core/services/Funnel.ts"
import type { Metrics } from "@concierge/core/services/Metrics.ts"
import type { Parked } from "@concierge/core/services/Parked.ts"
import type { Records } from "@concierge/core/services/Records.ts"
import type { Sessions } from "@concierge/core/services/Sessions.ts"
import type { Settings } from "@concierge/core/services/Settings.ts"
import type { Tombstones } from "@concierge/core/services/Tombstones.ts"
import type { UpdateQueue } from "@concierge/core/services/UpdateQueue.ts"
import type { Users } from "@concierge/core/services/Users.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { BadInput } from "../BadInput.ts"
import { localBot } from "./dataFile.ts"
import type { Place } from "./Place.ts"

export type Operated =
  | DeadLetters
  | Ended
  | Events
  | Funnel
  | Metrics
  | Parked
  | Records
  | Sessions
  | Settings
  | Tombstones
  | UpdateQueue
  | Users
  | WorkerConfig

const composed = Layer.merge(FunnelLayer.layer, TombstonesLayer.layer).pipe(Layer.provideMerge(EndedLayer.layer))

const retention = Effect.mapError(
  eventRetention,
  () => new BadInput({ advice: "EVENT_RETENTION_DAYS must be a number of days, as the host has it" }),
)

const here: Place<Operated>["here"] = Layer.unwrap(
  Effect.gen(function* () {
    const { file, token: botToken } = yield* localBot
    const [deadLetters, events, parked, queue, records, sessions, settings, users, keys, Tables, files] =
      yield* Effect.promise(() =>
        Promise.all([
          import("@concierge/local/queue/DeadLetters.ts"),
          import("@concierge/local/store/Events.ts"),
          import("@concierge/local/store/Parked.ts"),
          import("@concierge/local/queue/LocalQueue.ts"),
          import("@concierge/local/store/Records.ts"),
          import("@concierge/local/store/Sessions.ts"),
          import("@concierge/local/store/Settings.ts"),
          import("@concierge/local/store/Users.ts"),
          import("@concierge/local/host/tombstoneKeys.ts"),
          import("@concierge/local/store/Tables.ts"),
          import("@effect/platform-node/NodeFileSystem"),
        ]),
      )
    const config = { botToken, telegramApi: "", retention: yield* retention }
    const key = Effect.provide(Effect.orDie(keys.tombstoneKeys(file, botToken)), files.layer)
    const stores = Layer.mergeAll(
      deadLetters.layer,
      events.layer,
      parked.layer,
      queue.layer,
      records.layer,
      sessions.layer,
      settings.layer,
      users.layer,
    ).pipe(Layer.provide(Tables.layer(file)))
    return composed.pipe(
      Layer.provideMerge(Layer.mergeAll(stores, Layer.succeed(WorkerConfig, config), NoMetrics.layer)),
      Layer.provide(Layer.effect(TombstoneKeys, key)),
    )
  }),
)

const stage: Place<Operated>["stage"] = Layer.unwrap(
  Effect.gen(function* () {
    const [deadLetters, Dynamo, events, parked, queue, records, sessions, settings, users, { operated }] =
      yield* Effect.promise(() =>
        Promise.all([
          import("@concierge/aws/sqs/DeadLetters.ts"),
          import("@concierge/aws/dynamo/Dynamo.ts"),
          import("@concierge/aws/dynamo/Events.ts"),
          import("@concierge/aws/dynamo/Parked.ts"),
          import("@concierge/aws/sqs/UpdateQueue.ts"),
          import("@concierge/aws/dynamo/Records.ts"),
          import("@concierge/aws/dynamo/Sessions.ts"),
          import("@concierge/aws/dynamo/Settings.ts"),
          import("@concierge/aws/dynamo/Users.ts"),
          import("./operated.ts"),
        ]),
      )
    const { botToken, dead, queues, tables, tombstones } = yield* operated
    const config = { botToken, telegramApi: "", retention: yield* retention }
    const stores = Layer.mergeAll(events.layer, records.layer, sessions.layer, settings.layer, users.layer).pipe(
      Layer.provide(Dynamo.layer(tables)),
      Layer.merge(parked.layer({ table: tables.events })),
      Layer.merge(deadLetters.layer(dead)),
      Layer.merge(queue.layer(queues)),
    )
    return composed.pipe(
      Layer.provideMerge(Layer.mergeAll(stores, Layer.succeed(WorkerConfig, config), NoMetrics.layer)),
      Layer.provide(Layer.succeed(TombstoneKeys, tombstones)),
    )
  }),
)

/** Where updates and people are looked into, redriven and forgotten. */
export const records: Place<Operated> = { here, stage }
