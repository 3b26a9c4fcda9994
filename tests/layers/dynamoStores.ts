import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateScan,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb"
import * as Archive from "@concierge/aws/dynamo/Archive.ts"
import * as attributes from "@concierge/aws/dynamo/attributes.ts"
import * as Dynamo from "@concierge/aws/dynamo/Dynamo.ts"
import * as Events from "@concierge/aws/dynamo/Events.ts"
import * as Parked from "@concierge/aws/dynamo/Parked.ts"
import * as Sessions from "@concierge/aws/dynamo/Sessions.ts"
import * as Settings from "@concierge/aws/dynamo/Settings.ts"
import * as Users from "@concierge/aws/dynamo/Users.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import { createTables, tables } from "../../packages/local/aws/dynamodb/tables.ts"
import { keyOf, Stored } from "../contract/suites/Stored.ts"
import { awsEnvironment } from "./awsEnvironment.ts"

const Item = Schema.Record(Schema.String, Schema.Json)
const decodeFields = Schema.decodeUnknownEffect(Item)
/** Of whatever shape: the stores themselves refuse one that is newer. */
const decode = (item: attributes.Item) => decodeFields(attributes.fieldsOf(item))

/** A look past the services and their policies. */
const rawClient = Effect.acquireRelease(
  Effect.sync(() => new DynamoDBClient()),
  (client) => Effect.sync(() => client.destroy()),
)

const storedLayer = Layer.effect(
  Stored,
  Effect.gen(function* () {
    const client = yield* rawClient
    return Stored.of({
      item: Effect.fnUntraced(function* (table, key) {
        const command = new GetItemCommand({
          TableName: tables[table],
          Key: attributes.itemOf({ [keyOf[table]]: key }),
          ConsistentRead: true,
        })
        const { Item } = yield* Effect.promise(() => client.send(command))
        return Item === undefined ? undefined : yield* Effect.orDie(decode(Item))
      }),
      all: Effect.fnUntraced(function* (table) {
        const pages = paginateScan({ client }, { TableName: tables[table], ConsistentRead: true })
        const found: Array<attributes.Item> = []
        yield* Effect.promise(async () => {
          for await (const { Items = [] } of pages) found.push(...Items)
        })
        return yield* Effect.forEach(found, (item) => Effect.orDie(decode(item)))
      }),
      put: (table, item) =>
        Effect.asVoid(
          Effect.promise(() =>
            client.send(new PutItemCommand({ TableName: tables[table], Item: attributes.itemOf(item) })),
          ),
        ),
    })
  }),
)

const ready = Effect.gen(function* () {
  const client = yield* rawClient
  const waiter = { client, maxWaitTime: 10, minDelay: 0.01, maxDelay: 0.1 }
  yield* Effect.promise(() =>
    Promise.all(Object.values(tables).map((TableName) => waitUntilTableExists(waiter, { TableName }))),
  )
})

/** The DynamoDB stores, on new tables of the server behind this endpoint. */
export const dynamoStores = (endpoint: Effect.Effect<string, never, Scope.Scope>) =>
  Layer.unwrap(
    Effect.gen(function* () {
      const url = yield* endpoint
      yield* createTables(url)
      yield* awsEnvironment({ DYNAMODB: url })
      yield* Effect.scoped(ready)
      return Layer.mergeAll(Users.layer, Events.layer, Sessions.layer, Settings.layer, storedLayer).pipe(
        Layer.provide(Dynamo.layer(tables)),
        Layer.merge(Parked.layer({ table: tables.events })),
        Layer.merge(Archive.layer(tables)),
      )
    }),
  )
