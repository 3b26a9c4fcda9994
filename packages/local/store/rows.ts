import { Corrupt, type Newer, Unavailable } from "@concierge/core/services/reasons.ts"
import { currentShape, type Fields, fieldsOf, readerOf, type Upgrade } from "@concierge/core/stored/shape.ts"
import * as Effect from "effect/Effect"
import type * as Schema from "effect/Schema"
import type { Row } from "./Tables.ts"

/** Runs a statement; SQLite throws when the disk is full, the file is locked for too long or damaged. */
export const attempt = <A>(run: () => A): Effect.Effect<A, Unavailable> =>
  Effect.try({ try: run, catch: (cause) => new Unavailable({ cause }) })

/** The parser's own error would quote what is stored, which is somebody's, in the log. */
const notJson = (): Corrupt => new Corrupt({ cause: new Error("the item is not JSON") })

/** A condition: what a newer version has written is not written over. */
export const notNewer = `coalesce(item ->> 'shape', 1) <= ${currentShape}`

/** The fields of the item in a row. */
export const fieldsOfRow = (row: Row): Effect.Effect<Fields, Corrupt> =>
  Effect.try({ try: () => fieldsOf(JSON.parse(String(row.item))), catch: notJson })

/** Reads the `item` column of a row as a stored item of a schema. */
export const itemOf = <A, I>(schema: Schema.Codec<A, I>, upgrade?: Upgrade) => {
  const read = readerOf(schema, upgrade)
  return (row: Row): Effect.Effect<A, Corrupt | Newer> => Effect.flatMap(fieldsOfRow(row), read)
}

/** The same for rows, of which none may be corrupt. */
export const itemsOf = <A, I>(schema: Schema.Codec<A, I>, upgrade?: Upgrade) => {
  const decode = itemOf(schema, upgrade)
  return (rows: ReadonlyArray<Row>): Effect.Effect<ReadonlyArray<A>, Corrupt | Newer> => Effect.forEach(rows, decode)
}
