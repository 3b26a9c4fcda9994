import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import * as SqliteArchive from "../../packages/local/store/Archive.ts"
import * as SqliteEvents from "../../packages/local/store/Events.ts"
import * as SqliteParked from "../../packages/local/store/Parked.ts"
import * as SqliteSessions from "../../packages/local/store/Sessions.ts"
import * as SqliteSettings from "../../packages/local/store/Settings.ts"
import type { Row } from "../../packages/local/store/Tables.ts"
import * as Tables from "../../packages/local/store/Tables.ts"
import * as SqliteUsers from "../../packages/local/store/Users.ts"
import { type Item, keyOf, Stored, type Table } from "../contract/suites/Stored.ts"

/** What stands in a column of its own beside the item, so that it can be searched for. */
const columns: Readonly<Record<Table, ReadonlyArray<string>>> = {
  users: ["userId"],
  events: ["eventId", "userId", "timestamp", "outcome", "expiresAt"],
  sessions: ["sessionId", "userId", "expiresAt"],
  settings: ["key", "expiresAt"],
}

const decode = Schema.decodeUnknownSync(Schema.fromJsonString(Schema.Record(Schema.String, Schema.Json)))

/** A setting's key and time to live are in their columns only; else a column says what the item says. */
const itemOf = (table: Table, row: Row): Item => {
  const item = decode(row.item)
  if (table === "settings") {
    return { ...item, key: String(row.key), ...(row.expiresAt !== null && { expiresAt: Number(row.expiresAt) }) }
  }
  for (const name of columns[table]) {
    if (row[name] !== sqlValue(item[name])) throw new Error(`column ${name} of ${table} is ${row[name]}`)
  }
  return item
}

const sqlValue = (value: Item[string] | undefined): string | number | null =>
  typeof value === "string" || typeof value === "number" ? value : null

const storedLayer = Layer.effect(
  Stored,
  Effect.map(Tables.Tables, ({ sqlite }) =>
    Stored.of({
      item: (table, key) =>
        Effect.sync(() => {
          const row = sqlite.prepare(`SELECT * FROM ${table} WHERE ${keyOf[table]} = ?`).get(key)
          return row === undefined ? undefined : itemOf(table, row)
        }),
      all: (table) =>
        Effect.sync(() =>
          sqlite
            .prepare(`SELECT * FROM ${table}`)
            .all()
            .map((row) => itemOf(table, row)),
        ),
      put: (table, item) =>
        Effect.sync(() => {
          const names = columns[table]
          const values = names.map((name) => sqlValue(item[name]))
          sqlite
            .prepare(`REPLACE INTO ${table} (${names}, item) VALUES (${names.map(() => "?")}, ?)`)
            .run(...values, JSON.stringify(item))
        }),
    }),
  ),
)

/** The one-machine stores on a SQLite file of that path, or in memory. */
export const sqliteStores = (path: string) =>
  Layer.mergeAll(
    SqliteUsers.layer,
    SqliteEvents.layer,
    SqliteSessions.layer,
    SqliteSettings.layer,
    SqliteArchive.layer,
    SqliteParked.layer,
    storedLayer,
  ).pipe(Layer.provide(Tables.layer(path)))

/** A path in a new directory that goes with the scope. */
export const temporaryFile = Effect.gen(function* () {
  const fs = yield* FileSystem.FileSystem
  return `${yield* fs.makeTempDirectoryScoped({ prefix: "concierge-store-" })}/store.sqlite`
}).pipe(Effect.provide(NodeFileSystem.layer))
