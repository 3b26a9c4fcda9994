import { cellField, counterOf, idField } from "@concierge/core/services/Counter.ts"
import {
  type Increment,
  type Put,
  Settings,
  SettingsError,
  type Swap,
  type Throttle,
} from "@concierge/core/services/Settings.ts"
import { currentShape, Versioned } from "@concierge/core/stored/shape.ts"
import { Iso } from "@concierge/core/Time.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { attempt, fieldsOfRow, itemsOf, notNewer } from "./rows.ts"
import { Tables } from "./Tables.ts"

const Setting = Schema.Struct({ value: Schema.Json })
const Used = Schema.Struct({ at: Iso })

export const layer: Layer.Layer<Settings, never, Tables> = Layer.effect(
  Settings,
  Effect.gen(function* () {
    const tables = yield* Tables
    const decode = itemsOf(Setting)
    const decodeVersion = itemsOf(Versioned)
    const decodeUsed = itemsOf(Used)
    const get = tables.prepare("SELECT item FROM settings WHERE key = ?1")
    const put = tables.prepare(
      `INSERT INTO settings (key, expiresAt, item) VALUES (?1, ?2, ?3)
       ON CONFLICT DO UPDATE SET expiresAt = excluded.expiresAt, item = excluded.item WHERE ${notNewer}
       RETURNING key`,
    )
    const swap = tables.prepare(
      `INSERT INTO settings (key, item) SELECT ?1, ?2
       WHERE ?3 IS NULL OR EXISTS (SELECT 1 FROM settings WHERE key = ?1)
       ON CONFLICT DO UPDATE SET item = excluded.item
       WHERE ?3 IS NOT NULL AND item ->> '$.value.version' = ?3 AND ${notNewer}
       RETURNING key`,
    )
    const remove = tables.prepare("DELETE FROM settings WHERE key = ?1")
    const count = tables.prepare(
      `INSERT INTO settings (key, expiresAt, item) VALUES (?1, ?2, json_patch(?3, json_object(?4, ?9, ?5, ?6)))
       ON CONFLICT DO UPDATE SET item = CASE
         WHEN EXISTS (SELECT 1 FROM json_each(item) WHERE key = ?5)
           OR coalesce((SELECT value FROM json_each(item) WHERE key = ?4), 0) >= ?8 THEN item
         ELSE json_patch(json_patch(item, ?7), json_object(
           ?4, ?9 + coalesce((SELECT value FROM json_each(item) WHERE key = ?4), 0), ?5, ?6))
         END
       WHERE ${notNewer}
       RETURNING item`,
    )
    const throttle = tables.prepare(
      `INSERT INTO settings (key, expiresAt, item) VALUES (?1, ?2, json_object('at', ?3, 'event', ?4, 'token', ?5, 'shape', ?7))
       ON CONFLICT DO UPDATE SET expiresAt = excluded.expiresAt, item = excluded.item
       WHERE (item ->> 'at' < ?6 OR item ->> 'token' = ?5) AND ${notNewer}
       RETURNING key`,
    )
    const release = tables.prepare("DELETE FROM settings WHERE key = ?1 AND item ->> 'token' = ?2")
    /** Why nothing was written: the row, where its shape is none that this version must leave alone. */
    const refuseNewer = Effect.fnUntraced(function* (key: string) {
      const rows = yield* attempt(() => get.read(key))
      yield* decodeVersion(rows)
      return rows
    })
    return Settings.of({
      get: Effect.fn("Settings.get")(function* (key: string) {
        const [setting] = yield* decode(yield* attempt(() => get.read(key)))
        return Option.map(Option.fromUndefinedOr(setting), ({ value }) => value)
      }, mapError),
      put: Effect.fn("Settings.put")(function* ({ expiresAt, key, value }: Put) {
        const item = JSON.stringify({ value, shape: currentShape })
        const rows = yield* tables.commit(() => put.write(key, expiresAt ?? null, item))
        if (rows.length === 0) yield* refuseNewer(key)
      }, mapError),
      swap: Effect.fn("Settings.swap")(function* ({ before, key, value }: Swap) {
        const item = JSON.stringify({ value, shape: currentShape })
        return (yield* tables.commit(() => swap.write(key, item, before ?? null))).length > 0
      }, mapError),
      remove: Effect.fn("Settings.remove")(function* (key: string) {
        yield* tables.commit(() => remove.write(key))
      }, mapError),
      count: Effect.fn("Settings.count")(function* (input: Increment) {
        const { about, atMost = Number.MAX_SAFE_INTEGER, by = 1, cell, expiresAt, forget = [], id, key } = input
        const made = JSON.stringify({ about, shape: currentShape })
        const gone = JSON.stringify(Object.fromEntries(forget.map((old) => [idField(old), null])))
        const rows = yield* tables.commit(() =>
          count.write(key, expiresAt ?? null, made, cellField(cell), idField(id), cell, gone, atMost, by),
        )
        const [row] = rows.length > 0 ? rows : yield* refuseNewer(key)
        return yield* counterOf(row === undefined ? {} : yield* fieldsOfRow(row))
      }, mapError),
      throttle: Effect.fn("Settings.throttle")(function* ({ event, expiresAt, freeBefore, key, now, token }: Throttle) {
        const ours = yield* tables.commit(() =>
          throttle.write(key, expiresAt, now, event, token, freeBefore, currentShape),
        )
        if (ours.length > 0) return undefined
        const [used] = yield* decodeUsed(yield* attempt(() => get.read(key)))
        // Given back meanwhile: whoever asks again may have it.
        return used?.at ?? now
      }, mapError),
      release: Effect.fn("Settings.release")(function* (key: string, token: string) {
        yield* tables.commit(() => release.write(key, token))
      }, mapError),
    })
  }),
)

const mapError = Effect.mapError((reason: SettingsError["reason"]) => new SettingsError({ reason }))
