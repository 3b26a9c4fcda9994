import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { Json } from "effect/Schema"

export type Table = "users" | "events" | "sessions" | "settings"

export type Item = Readonly<Record<string, Json>>

/** The attribute that each table's items are found by. */
export const keyOf: Readonly<Record<Table, string>> = {
  users: "userId",
  events: "eventId",
  sessions: "sessionId",
  settings: "key",
}

/** What is really in the tables, past the services: whole items, as another version or a careless hand may leave them. */
export class Stored extends Context.Service<
  Stored,
  {
    item(table: Table, key: string): Effect.Effect<Item | undefined>
    all(table: Table): Effect.Effect<ReadonlyArray<Item>>
    put(table: Table, item: Item): Effect.Effect<void>
  }
>()("tests/contract/suites/Stored") {}
