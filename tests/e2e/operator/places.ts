import { processBatch } from "@concierge/core/delivery/batch.ts"
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import { dynamoDb } from "../../../packages/local/aws/dynamodb/dynamoDb.ts"
import { tables } from "../../../packages/local/aws/dynamodb/tables.ts"
import { withEnvironment } from "../../../packages/local/aws/sdk.ts"
import * as Tables from "../../../packages/local/store/Tables.ts"
import { Consumer } from "../../contract/suites/Consumer.ts"
import { receive } from "../../layers/drive.ts"
import { dynamoStores } from "../../layers/dynamoStores.ts"
import { sqliteQueue } from "../../layers/sqliteQueue.ts"
import { sqliteStores } from "../../layers/sqliteStores.ts"
import { Emulated, sqsQueue } from "../../layers/sqsQueue.ts"
import { configLayer, containerLayer, outsideLayer, tombstoneKey } from "../../layers/testWorld.ts"

/** Where the operator's tool looks, as the bot and the world come to it. */
export class Site extends Context.Service<
  Site,
  {
    /** A message that is a dead letter from now on. */
    die(body: string): Effect.Effect<void>
    /** Time goes on, where it does not by itself. */
    readonly later: Effect.Effect<void>
  }
>()("tests/e2e/operator/Site") {}

/** Works what is visible on the queue. */
export const work = Effect.gen(function* () {
  const consumer = yield* Consumer
  for (let batch = yield* consumer.receive; batch.length > 0; batch = yield* consumer.receive) {
    const failed = yield* processBatch(batch)
    yield* consumer.acknowledge(batch.map(({ id }) => id).filter((id) => !failed.includes(id)))
  }
})

/** Telegram delivers an update, and it is worked. */
export const tell = Effect.fnUntraced(function* (update: object) {
  yield* receive(update)
  yield* work
})

const outside = Layer.mergeAll(outsideLayer, configLayer, Logger.layer([]))

const machine = Layer.unwrap(
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const data = yield* fs.makeTempDirectoryScoped({ prefix: "concierge-night-" })
    yield* withEnvironment({ CONCIERGE_DATA: data })
    const file = `${data}/concierge.sqlite`
    yield* fs.writeFileString(`${data}/tombstones.key`, tombstoneKey)
    const site = Layer.effect(
      Site,
      Effect.map(Tables.Tables, ({ sqlite }) => {
        const insert = sqlite.prepare(
          `INSERT INTO queue (updateId, grp, body, attributes, visibleAt, receives, dead)
           VALUES (?1, ?2, ?3, ?4, 0, 3, 1)`,
        )
        return Site.of({
          later: Effect.void,
          die: (body) =>
            Effect.sync(() => {
              const { callback_query, message = callback_query?.message, update_id = 0 } = JSON.parse(body)
              const group = String(message?.chat?.id ?? "none")
              const kind = callback_query === undefined ? "message" : "callback_query"
              const receivedAt = new Date().toISOString()
              const attributes = { updateId: update_id, kind, receivedAt, correlationId: "c", attempt: 0 }
              insert.run(update_id, group, body, JSON.stringify(attributes))
            }),
        })
      }),
    )
    return Layer.mergeAll(sqliteStores(file), sqliteQueue(file), Layer.provide(site, Tables.layer(file)))
  }),
).pipe(Layer.provide(NodeFileSystem.layer))

/** As the webhook sends it on. */
const asciiOf = (json: string): string =>
  json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)

const resource = (name: string, value: object) => [`SST_RESOURCE_${name}`, JSON.stringify(value)] as const

const aws = Layer.unwrap(
  Effect.gen(function* () {
    const { deadUrl, send, tapUrl, url } = yield* Emulated
    yield* withEnvironment(
      Object.fromEntries([
        resource("App", { name: "concierge", stage: "prod" }),
        resource("UsersTable", { name: tables.users }),
        resource("EventsTable", { name: tables.events }),
        resource("SessionsTable", { name: tables.sessions }),
        resource("SettingsTable", { name: tables.settings }),
        resource("UpdateQueue", { url }),
        resource("TapQueue", { url: tapUrl }),
        resource("DeadLetters", { url: deadUrl }),
        resource("TelegramBotToken", { value: "4242:test" }),
        resource("TombstoneKey", { value: tombstoneKey }),
      ]),
    )
    const { pass } = yield* Consumer
    return Layer.succeed(Site, { die: (body) => send(asciiOf(body), deadUrl), later: pass(20) })
  }),
).pipe(Layer.provideMerge(sqsQueue), Layer.provideMerge(dynamoStores(dynamoDb)))

const whole = <A, E>(place: Layer.Layer<A, E>) =>
  containerLayer.pipe(Layer.provideMerge(Layer.mergeAll(place, outside)))

// The same commands, wherever the data is. Each is made once for all tests of a file.
export const oneMachine = whole(machine)
export const onAws = whole(aws)

export type Operated = Extract<Layer.Success<typeof oneMachine>, Layer.Success<typeof onAws>>
