import { Records } from "@concierge/core/services/Records.ts"
import type { Fields } from "@concierge/core/stored/shape.ts"
import * as Arr from "effect/Array"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Order from "effect/Order"
import { fieldsOf, itemOf } from "./attributes.ts"
import { placeholders } from "./change.ts"
import { Dynamo } from "./Dynamo.ts"

export const layer: Layer.Layer<Records, never, Dynamo> = Layer.effect(
  Records,
  Effect.gen(function* () {
    const { get, getAll, query, tables } = yield* Dynamo
    const one = (table: string, key: Fields) =>
      Effect.map(get(table, itemOf(key)), (item) => (item === undefined ? undefined : fieldsOf(item)))
    // The index has keys only.
    const ofUser = (TableName: string, key: string, age: string) =>
      Effect.fnUntraced(function* (userId: string) {
        const found = yield* query({
          TableName,
          IndexName: "UserIdIndex",
          KeyConditionExpression: "#userId = :userId",
          ProjectionExpression: `#${key}`,
          ...placeholders(`#userId #${key}`, { userId }),
        })
        const items = yield* getAll(TableName, found)
        return Arr.sortWith(items.map(fieldsOf), (fields) => String(fields[age]), Order.String)
      })
    return Records.of({
      user: (userId) => one(tables.users, { userId }),
      event: (eventId) => one(tables.events, { eventId }),
      sessionsOf: ofUser(tables.sessions, "sessionId", "createdAt"),
      eventsOf: ofUser(tables.events, "eventId", "timestamp"),
    })
  }),
)
