import { DynamoDBClient, PutItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb"
import * as Dynamo from "@concierge/aws/dynamo/Dynamo.ts"
import * as Events from "@concierge/aws/dynamo/Events.ts"
import * as Sessions from "@concierge/aws/dynamo/Sessions.ts"
import * as Settings from "@concierge/aws/dynamo/Settings.ts"
import * as Users from "@concierge/aws/dynamo/Users.ts"
import * as Composed from "@concierge/core/layers/composed.ts"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { createTables, tables } from "../../packages/local/aws/dynamodb/tables.ts"
import { withEnvironment } from "../../packages/local/aws/sdk.ts"
import { Consumer } from "../contract/suites/Consumer.ts"
import { Stored } from "../contract/suites/Stored.ts"
import { states } from "../fixtures/concierge.ts"
import { receive } from "../layers/drive.ts"
import { outcomeOf, storedUser, userOf } from "../layers/seen.ts"
import { says, somebody, taps } from "../layers/updates.ts"
import { concierge, json } from "./operator/concierge.ts"
import { onAws, Site, tell, work } from "./operator/places.ts"

/** As STAGE_TABLES names them, in the order of docs/runbook.md. */
const restored = {
  users: "users-restored",
  events: "events-restored",
  sessions: "sessions-restored",
  settings: "settings-restored",
}

/** What the deploy with STAGE_TABLES gives the worker and the tool. */
const pointedAtRestored = Layer.fresh(Composed.layer).pipe(
  Layer.provideMerge(
    Layer.mergeAll(Users.layer, Events.layer, Sessions.layer, Settings.layer).pipe(
      Layer.provide(Dynamo.layer(restored)),
    ),
  ),
)
const resources = Object.fromEntries(
  Object.entries(restored).map(([table, name]) => [
    `SST_RESOURCE_${table.replace(/^./, (first) => first.toUpperCase())}Table`,
    JSON.stringify({ name }),
  ]),
)

/** Stands for restore-table-to-point-in-time, which no emulator knows: all items of a moment, in new tables with their indexes. */
const restoreAll = Effect.gen(function* () {
  yield* createTables(process.env.AWS_ENDPOINT_URL_DYNAMODB ?? "", restored)
  const client = new DynamoDBClient()
  for (const table of ["users", "events", "sessions", "settings"] as const) {
    const { Items = [] } = yield* Effect.promise(() => client.send(new ScanCommand({ TableName: tables[table] })))
    for (const Item of Items)
      yield* Effect.promise(() => client.send(new PutItemCommand({ TableName: restored[table], Item })))
  }
  client.destroy()
})

layer(onAws, { excludeTestServices: true })("a stage whose tables were restored to a moment", (it) => {
  it.effect("goes on from there: what waited is worked, what came since is worked again, and the figures agree", () =>
    Effect.gen(function* () {
      const { pass } = yield* Consumer
      const [ana, eva, ben] = [somebody(), somebody(), somebody({ first_name: "Ben" })]
      for (const person of [ana, eva, ben]) {
        yield* tell(yield* says(person, "/start ref_a"))
        yield* pass(1)
      }
      // The moment. The pollers are off: what comes now waits.
      yield* restoreAll
      const old = yield* Effect.forEach(["users", "events"] as const, (table) => Stored.use(({ all }) => all(table)))
      const waiting = yield* taps(eva, "play_audio")
      yield* receive(waiting)
      // After it, on the tables of before: a step, somebody forgotten.
      yield* pass(1)
      const since = yield* taps(ana, "play_audio")
      yield* (yield* Site).die(JSON.stringify(since))

      yield* withEnvironment(resources)
      const here = Effect.provide(pointedAtRestored, { local: true })
      yield* here(work)
      assert.strictEqual(yield* here(outcomeOf(waiting)), "applied")
      assert.strictEqual((yield* here(userOf(eva))).state, states.greeting)
      assert.strictEqual((yield* here(userOf(ana))).state, states.video)
      assert.deepStrictEqual(yield* json("dlq", "redrive"), { redriven: 1, doneAlready: 0, notOurs: 0 })
      yield* here(work)
      assert.strictEqual((yield* here(userOf(ana))).state, states.greeting)

      const recounted = yield* concierge("recount", "--json")
      assert.deepStrictEqual([recounted.status, JSON.parse(recounted.stdout).differences], [0, []])
      // By the restored index: whoever asked to be forgotten after the moment is back, and is forgotten again.
      assert.lengthOf((yield* json("user", "show", String(ben.id))).events, 1)
      assert.strictEqual((yield* concierge("user", "forget", String(ben.id), "--yes")).status, 0)
      assert.isUndefined(yield* here(storedUser(ben)))
      // The old ones stay as they were, and belong to nobody.
      const after = yield* Effect.forEach(["users", "events"] as const, (table) => Stored.use(({ all }) => all(table)))
      assert.deepStrictEqual(after, old)
    }).pipe(Effect.scoped),
  )
})
