import type { Events } from "@concierge/core/services/Events.ts"
import type { Sessions } from "@concierge/core/services/Sessions.ts"
import type { Settings } from "@concierge/core/services/Settings.ts"
import type { Users } from "@concierge/core/services/Users.ts"
import { assert, layer } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { dynamoDb } from "../../packages/local/aws/dynamodb/dynamoDb.ts"
import { dynamoStores } from "../layers/dynamoStores.ts"
import { sqliteStores } from "../layers/sqliteStores.ts"
import { Operation } from "./differential/operations.ts"
import { perform } from "./differential/perform.ts"
import { keyOf, Stored } from "./suites/Stored.ts"

type Stores = Users | Events | Sessions | Settings | Stored

class Sides extends Context.Service<
  Sides,
  { readonly sqlite: Context.Context<Stores>; readonly dynamo: Context.Context<Stores> }
>()("tests/contract/differential/Sides") {}

const sides = Layer.effect(
  Sides,
  Effect.all({ sqlite: Layer.build(sqliteStores(":memory:")), dynamo: Layer.build(dynamoStores(dynamoDb)) }),
)

/** What one run has left in the tables, by key. */
const itemsOf = Effect.fnUntraced(function* (run: string) {
  const stored = yield* Stored
  const keyed = yield* Effect.forEach(["users", "events", "sessions", "settings"] as const, (table) =>
    Effect.map(stored.all(table), (items) => items.map((item) => [String(item[keyOf[table]]), item] as const)),
  )
  return new Map(keyed.flat().filter(([key]) => key.startsWith(`${run} `)))
})

const Operations = Schema.Array(Operation).check(Schema.isMinLength(40), Schema.isMaxLength(80))

let runs = 0

layer(sides)("SQLite and DynamoDB", (it) => {
  it.effect.prop(
    "give the same answers to the same operations, and hold the same items after them",
    [Operations],
    ([operations]) =>
      Effect.gen(function* () {
        const { dynamo, sqlite } = yield* Sides
        const run = `run ${runs++}`
        const begun = { dynamo: new Map(), sqlite: new Map() }
        for (const operation of operations) {
          const answer = yield* Effect.provide(perform(operation, run, begun.dynamo), dynamo)
          const expected = yield* Effect.provide(perform(operation, run, begun.sqlite), sqlite)
          assert.deepStrictEqual(answer, expected, operation._tag)
        }
        assert.deepStrictEqual(yield* Effect.provide(itemsOf(run), dynamo), yield* Effect.provide(itemsOf(run), sqlite))
      }),
    { timeout: 60_000, arbitrary: { runs: 40, size: 50, seed: "the same everywhere" } },
  )
})
