import { fieldsOf } from "@concierge/core/stored/shape.ts"
import * as Effect from "effect/Effect"
import { Tables } from "../../packages/local/store/Tables.ts"
import { itemSize } from "./itemSize.ts"

const keys = { users: "userId", events: "eventId", sessions: "sessionId", settings: "key" } as const
type Table = keyof typeof keys

/** The keys of the tables' indexes, which hold keys alone (`stacks/storage.ts`; a test compares the two). */
export const indexes: Partial<Record<Table, ReadonlyArray<string>>> = {
  events: ["userId", "timestamp"],
  sessions: ["userId"],
}

export interface Written {
  readonly table: Table
  readonly key: string
  /** Units of the item itself, and of the table's index. */
  readonly item: number
  readonly index: number
  /** Bytes of the item before and after, whichever is more. */
  readonly bytes: number
}

/**
 * What DynamoDB would bill for each write to the one-machine's tables, which hold the same items: triggers see each item
 * before and after. A unit is a begun kilobyte of the larger one.
 */
export const watchWrites = (seen: (written: Written) => void) =>
  Effect.map(Tables, ({ sqlite }) => {
    sqlite.function("written", (table, key, before, after) => {
      seen(writtenTo(String(table), String(key), parsed(before), parsed(after)))
      return 0
    })
    for (const [table, key] of Object.entries(keys)) {
      for (const [event, before, after] of [
        ["INSERT", "NULL", "NEW.item"],
        ["UPDATE", "OLD.item", "NEW.item"],
        ["DELETE", "OLD.item", "NULL"],
      ] as const) {
        const row = event === "DELETE" ? "OLD" : "NEW"
        sqlite.exec(
          `CREATE TEMP TRIGGER "${table} ${event}" AFTER ${event} ON main.${table} BEGIN SELECT written('${table}', ${row}.${key}, ${before}, ${after}); END`,
        )
      }
    }
  })

type Fields = Readonly<Record<string, unknown>>

const parsed = (item: unknown): Fields | undefined => (item === null ? undefined : fieldsOf(JSON.parse(String(item))))

const isTable = (table: string): table is Table => Object.hasOwn(keys, table)

const writtenTo = (table: string, key: string, before?: Fields, after?: Fields): Written => {
  if (!isTable(table)) throw new Error(`there is no table ${table}`)
  const sizes = [before, after].map((fields) =>
    fields === undefined ? 0 : itemSize({ [keys[table]]: key, ...fields }),
  )
  const bytes = Math.max(...sizes)
  return { table, key, bytes, item: units(bytes), index: ofIndex(indexes[table] ?? [], before, after) }
}

const units = (bytes: number): number => Math.ceil(bytes / 1024)

/** Keys are far from a kilobyte. An item whose keys stay is not written there; new keys are a deletion and a put. */
const ofIndex = (index: ReadonlyArray<string>, before: Fields = {}, after: Fields = {}): number => {
  const [was, is] = [before, after].map((fields) => index.map((name) => fields[name]))
  const isIn = (values: ReadonlyArray<unknown> = []) => values.every((value) => value !== undefined)
  if (JSON.stringify(was) === JSON.stringify(is)) return 0
  return (isIn(was) ? 1 : 0) + (isIn(is) ? 1 : 0)
}
