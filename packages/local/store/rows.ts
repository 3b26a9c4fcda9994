import { Corrupt, Unavailable } from "@concierge/core/services/reasons.ts"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Row } from "./Tables.ts"

/** Runs a statement; SQLite throws when the disk is full, the file is locked for too long or damaged. */
export const attempt = <A>(run: () => A): Effect.Effect<A, Unavailable> =>
  Effect.try({ try: run, catch: (cause) => new Unavailable({ cause }) })

/** Reads the `item` column of a row as a stored item of a schema. */
export const itemOf = <A, I>(schema: Schema.Codec<A, I>) => {
  const decode = Schema.decodeUnknownEffect(Schema.fromJsonString(schema))
  return (row: Row): Effect.Effect<A, Corrupt> => Effect.mapError(decode(row.item), (cause) => new Corrupt({ cause }))
}

/** The same for rows, of which none may be corrupt. */
export const itemsOf = <A, I>(schema: Schema.Codec<A, I>) => {
  const decode = itemOf(schema)
  return (rows: ReadonlyArray<Row>): Effect.Effect<ReadonlyArray<A>, Corrupt> => Effect.forEach(rows, decode)
}
