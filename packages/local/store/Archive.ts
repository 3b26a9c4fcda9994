import { counted } from "@concierge/core/attribution/Counted.ts"
import { Archive, type CountedEvent, type StoredSetting } from "@concierge/core/services/Archive.ts"
import { fieldsOf } from "@concierge/core/stored/shape.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { attempt } from "./rows.ts"
import { type Row, Tables } from "./Tables.ts"

/** Rows in memory at a time. */
const page = 1_000

/** Of an event no more than the funnel counts of it is read: what people wrote is most of it. */
const fields = Object.keys(counted)
const paths = fields.map((name) => `'$.${name}'`).join(", ")

export const layer: Layer.Layer<Archive, never, Tables> = Layer.effect(
  Archive,
  Effect.gen(function* () {
    const { prepare } = yield* Tables
    const settings = prepare(`SELECT key, item FROM settings WHERE key > ?1 AND key < ?2 ORDER BY key LIMIT ${page}`)
    const events = prepare(
      `SELECT eventId AS key, json_extract(item, ${paths}) AS item FROM events WHERE eventId > ?1 ORDER BY eventId LIMIT ${page}`,
    )
    const count = prepare("SELECT count(*) AS n FROM events")
    /** In the order of the key, each page after the last key of the one before. */
    const pages = (first: string, read: (after: string) => ReadonlyArray<Row>) =>
      Stream.paginate(first, (after: string) =>
        Effect.map(
          attempt(() => read(after)),
          (rows) => [rows, rows.length < page ? Option.none() : Option.some(String(rows.at(-1)?.key))] as const,
        ),
      )
    return Archive.of({
      settings: (prefix) =>
        pages(prefix, (after) => settings.read(after, `${prefix}\u{10ffff}`)).pipe(
          Stream.map(
            ({ item, key }): StoredSetting => ({ key: String(key), fields: fieldsOf(JSON.parse(String(item))) }),
          ),
        ),
      events: pages("", (after) => events.read(after)).pipe(
        Stream.map(({ item, key }): CountedEvent => {
          const values: ReadonlyArray<unknown> = JSON.parse(String(item))
          return {
            eventId: String(key),
            counted: Object.fromEntries(fields.map((name, n) => [name, values[n] ?? undefined])),
          }
        }),
      ),
      size: Effect.map(
        attempt(() => count.read()),
        ([row]) => Number(row?.n),
      ),
    })
  }),
)
