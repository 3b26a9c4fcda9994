import { type EventId, eventId } from "@concierge/core/ids.ts"
import {
  type Count,
  type Put,
  Settings,
  SettingsError,
  type Swap,
  type Throttle,
} from "@concierge/core/services/Settings.ts"
import { currentShape, Versioned } from "@concierge/core/stored/shape.ts"
import { Iso } from "@concierge/core/Time.ts"
import * as Arr from "effect/Array"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { decoderOf, type Item, itemOf } from "./attributes.ts"
import { changeOf, expressions, notNewer, onlyIf } from "./change.ts"
import { Dynamo } from "./Dynamo.ts"

const Setting = Schema.Struct({ value: Schema.Json })
const Used = Schema.Struct({ at: Iso })
const Counted = Schema.Struct({ counted: Schema.Record(Schema.String, Iso) })

/** Ids in one request: an expression ends at 4 KB. */
const forgetBatch = 100

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
    const decodeCounted = decoderOf(Counted)
    const countedOf = (counter: Item) =>
      Effect.map(
        decodeCounted(counter),
        ({ counted }) => new Map(Object.entries(counted).map(([event, at]) => [eventId(event), at])),
      )

    /** Why nothing was written: the item, where its shape is none that this version must leave alone. */
    const refuseNewer = Effect.fnUntraced(function* (key: string) {
      const found = (yield* get(TableName, itemOf({ key }))) ?? {}
      yield* decodeVersion(found)
      return found
    })

    const increment = ({ at, event, key, name }: Count) =>
      update({
        ...item(key),
        ...expressions(
          "SET #counts.#name = if_not_exists(#counts.#name, :zero) + :one, #counted.#event = :at",
          `attribute_exists(#counted) AND attribute_not_exists(#counted.#event) AND ${notNewer}`,
          { zero: 0, one: 1, at, shape: currentShape },
          { name, event },
        ),
        ReturnValues: "ALL_NEW",
      })
    const open = (key: string) =>
      update({
        ...item(key),
        ...changeOf({
          setOnce: { counts: {}, counted: {}, shape: currentShape },
          when: `attribute_not_exists(#value) AND ${notNewer}`,
          values: { shape: currentShape },
        }),
        ReturnValues: "ALL_NEW",
      })

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
      count: Effect.fn("Settings.count")(function* (input: Count) {
        const counted = yield* increment(input)
        if (counted !== undefined) return yield* countedOf(counted)
        const opened = (yield* open(input.key)) ?? (yield* refuseNewer(input.key))
        return yield* countedOf((yield* increment(input)) ?? opened)
      }, mapError),
      forgetCounted: Effect.fn("Settings.forgetCounted")(function* (key: string, events: ReadonlyArray<EventId>) {
        for (const batch of Arr.chunksOf(new Set(events), forgetBatch)) {
          const names = Object.fromEntries(batch.map((event, index) => [`event${index}`, event]))
          const paths = Object.keys(names).map((name) => `#counted.#${name}`)
          yield* update({
            ...item(key),
            ...expressions(`REMOVE ${paths.join(", ")}`, "attribute_exists(#counted)", {}, names),
          })
        }
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
