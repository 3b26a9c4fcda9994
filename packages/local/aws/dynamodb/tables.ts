import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from "@aws-sdk/client-dynamodb"
import type { TableNames } from "@concierge/aws/dynamo/Dynamo.ts"
import * as Effect from "effect/Effect"
import { clientOptions } from "../sdk.ts"

export const tables: TableNames = { users: "users", events: "events", sessions: "sessions", settings: "settings" }

const keySchema = ([hash, range]: ReadonlyArray<string>) => [
  { AttributeName: hash, KeyType: "HASH" as const },
  ...(range === undefined ? [] : [{ AttributeName: range, KeyType: "RANGE" as const }]),
]

const table = (name: string, key: string, index: ReadonlyArray<string> = []): CreateTableCommandInput => {
  const projection = { Projection: { ProjectionType: "KEYS_ONLY" as const } }
  return {
    TableName: name,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [key, ...index].map((AttributeName) => ({ AttributeName, AttributeType: "S" as const })),
    KeySchema: keySchema([key]),
    ...(index.length > 0 && {
      GlobalSecondaryIndexes: [{ IndexName: "UserIdIndex", KeySchema: keySchema(index), ...projection }],
    }),
  }
}

/** As the stack has them. Keys are text, all of them. */
const definitions = ({ events, sessions, settings, users }: TableNames): ReadonlyArray<CreateTableCommandInput> => [
  table(users, "userId"),
  table(events, "eventId", ["userId", "timestamp"]),
  table(sessions, "sessionId", ["userId"]),
  table(settings, "key"),
]

/** Only a stand-in is behind it, so that any failure is a defect. */
export const createTables = (endpoint: string, names = tables): Effect.Effect<void> =>
  Effect.scoped(
    Effect.gen(function* () {
      const client = yield* Effect.acquireRelease(
        Effect.sync(() => new DynamoDBClient(clientOptions(endpoint))),
        (client) => Effect.sync(() => client.destroy()),
      )
      for (const definition of definitions(names)) {
        yield* Effect.promise(() => client.send(new CreateTableCommand(definition)))
      }
    }),
  )
