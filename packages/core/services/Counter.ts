import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { type Fields, readerOf } from "../stored/shape.ts"

export interface Counter {
  readonly about: unknown
  readonly cells: ReadonlyMap<string, number>
  /** Ids that may still come again, with the cell each was counted in. */
  readonly ids: ReadonlyMap<string, string>
}

// Each an attribute of the item's own, so that one write makes the counter and counts: a map would have to be there first.
const ofCell = "c:"
const ofId = "i:"

export const cellField = (cell: string): string => `${ofCell}${cell}`
export const idField = (id: string): string => `${ofId}${id}`

const Parts = Schema.Struct({
  cells: Schema.Record(Schema.String, Schema.Int),
  ids: Schema.Record(Schema.String, Schema.String),
})
const read = readerOf(Parts)

export const counterOf = (fields: Fields) => {
  const named = (prefix: string): Fields =>
    Object.fromEntries(
      Object.entries(fields).flatMap(([name, value]) =>
        name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
      ),
    )
  const parts = { cells: named(ofCell), ids: named(ofId), ...(fields.shape !== undefined && { shape: fields.shape }) }
  return Effect.map(
    read(parts),
    ({ cells, ids }): Counter => ({
      about: fields.about,
      cells: new Map(Object.entries(cells)),
      ids: new Map(Object.entries(ids)),
    }),
  )
}
