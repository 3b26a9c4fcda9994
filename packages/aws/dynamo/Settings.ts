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
import { decoderOf, fieldsOf, itemOf } from "./attributes.ts"
import { expressions, notNewer, onlyIf } from "./change.ts"
import { Dynamo } from "./Dynamo.ts"

const Setting = Schema.Struct({ value: Schema.Json })
const Used = Schema.Struct({ at: Iso })

/** What is neither a person nor an event, in DynamoDB. */
export const layer: Layer.Layer<Settings, never, Dynamo> = Layer.effect(
  Settings,
  Effect.gen(function* () {
    const { get, put, remove, tables, update } = yield* Dynamo
    const TableName = tables.settings
    const item = (key: string) => ({ TableName, Key: itemOf({ key }) })
    const decode = decoderOf(Setting)
    const decodeVersion = decoderOf(Versioned)
    const decodeUsed = decoderOf(Used)

    /** Why nothing was written: the item, where its shape is none that this version must leave alone. */
    const refuseNewer = Effect.fnUntraced(function* (key: string) {
      const found = (yield* get(TableName, itemOf({ key }))) ?? {}
      yield* decodeVersion(found)
      return found
    })

    const increment = ({ about, atMost, by = 1, cell, expiresAt, forget = [], id, key }: Increment) => {
      const gone = Object.fromEntries(
        [...new Set(forget)].filter((old) => old !== id).map((old, n) => [`gone${n}`, idField(old)]),
      )
      const remove = Object.keys(gone).map((name) => `#${name}`)
      const once = { about, shape: currentShape, ...(expiresAt !== undefined && { expiresAt }) }
      const setOnce = Object.keys(once).map((name) => `, #${name} = if_not_exists(#${name}, :${name})`)
      return update({
        ...item(key),
        ...expressions(
          `ADD #cell :by SET #id = :cell${setOnce.join("")}${remove.length > 0 ? ` REMOVE ${remove.join(", ")}` : ""}`,
          `attribute_not_exists(#id) AND attribute_not_exists(#value) AND ${notNewer}${
            atMost === undefined ? "" : " AND (attribute_not_exists(#cell) OR #cell < :atMost)"
          }`,
          { ...once, by, cell, atMost },
          { ...gone, cell: cellField(cell), id: idField(id) },
        ),
        ReturnValues: "ALL_NEW",
      })
    }

    return Settings.of({
      get: Effect.fn("Settings.get")(function* (key: string) {
        const found = yield* get(TableName, itemOf({ key }))
        return found === undefined ? Option.none() : Option.some((yield* decode(found)).value)
      }, mapError),
      put: Effect.fn("Settings.put")(function* ({ expiresAt, key, value }: Put) {
        const Item = itemOf({ key, value, expiresAt, shape: currentShape })
        if (!(yield* put({ TableName, Item, ...onlyIf(notNewer, { shape: currentShape }) }))) yield* refuseNewer(key)
      }, mapError),
      swap: Effect.fn("Settings.swap")(function* ({ before, key, value }: Swap) {
        const unchanged = before === undefined ? "attribute_not_exists(#key)" : "#value.#version = :before"
        const values = before === undefined ? { shape: currentShape } : { before, shape: currentShape }
        const Item = itemOf({ key, value, shape: currentShape })
        return yield* put({ TableName, Item, ...onlyIf(`${unchanged} AND ${notNewer}`, values) })
      }, mapError),
      remove: Effect.fn("Settings.remove")(function* (key: string) {
        yield* remove(item(key))
      }, mapError),
      count: Effect.fn("Settings.count")(function* (input: Increment) {
        return yield* counterOf(fieldsOf((yield* increment(input)) ?? (yield* refuseNewer(input.key))))
      }, mapError),
      throttle: Effect.fn("Settings.throttle")(function* ({ event, expiresAt, freeBefore, key, now, token }: Throttle) {
        const free = onlyIf(`(attribute_not_exists(#key) OR #at < :freeBefore OR #token = :token) AND ${notNewer}`, {
          freeBefore,
          token,
          shape: currentShape,
        })
        const isOurs = yield* put({
          TableName,
          Item: itemOf({ key, at: now, event, token, expiresAt, shape: currentShape }),
          ...free,
        })
        if (isOurs) return undefined
        const used = yield* get(TableName, itemOf({ key }))
        // Given back meanwhile: whoever asks again may have it.
        return used === undefined ? now : (yield* decodeUsed(used)).at
      }, mapError),
      release: Effect.fn("Settings.release")(function* (key: string, token: string) {
        yield* remove({ ...item(key), ...onlyIf("#token = :token", { token }) })
      }, mapError),
    })
  }),
)

const mapError = Effect.mapError((reason: SettingsError["reason"]) => new SettingsError({ reason }))
