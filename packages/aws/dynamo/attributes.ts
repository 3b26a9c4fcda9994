import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import type { Corrupt, Newer } from "@concierge/core/services/reasons.ts"
import { type Fields, readerOf, type Upgrade } from "@concierge/core/stored/shape.ts"
import type * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import type * as Schema from "effect/Schema"

/** An item as DynamoDB has it. */
export type Item = Record<string, AttributeValue>

/** Of JSON values; what is undefined is left out, as JSON leaves it out. */
export const itemOf = (fields: Fields): Item =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, attributeOf(value)]])),
  )

/** Half an emoji, as a cut may leave it, is no UTF-8: DynamoDB would refuse the whole item. */
const attributeOf = (value: unknown): AttributeValue => {
  if (Predicate.isString(value)) return { S: value.toWellFormed() }
  if (Predicate.isNumber(value)) return { N: String(value) }
  if (Predicate.isBoolean(value)) return { BOOL: value }
  if (Array.isArray(value)) return { L: value.map(attributeOf) }
  if (Predicate.isObject(value)) return { M: itemOf({ ...value }) }
  return { NULL: true }
}

export const fieldsOf = (item: Item): Fields =>
  Object.fromEntries(Object.entries(item).map(([name, attribute]) => [name, valueOf(attribute)]))

/** Of the types that nobody here writes (bytes and sets) it makes what no schema takes for something else. */
const valueOf = (attribute: AttributeValue): unknown => {
  if (attribute.S !== undefined) return attribute.S
  if (attribute.N !== undefined) return Number(attribute.N)
  if (attribute.BOOL !== undefined) return attribute.BOOL
  if (attribute.L !== undefined) return attribute.L.map(valueOf)
  if (attribute.M !== undefined) return fieldsOf(attribute.M)
  return attribute.NULL === true ? null : attribute
}

/** Reads an item as one of a schema. */
export const decoderOf = <A, I>(schema: Schema.Codec<A, I>, upgrade?: Upgrade) => {
  const read = readerOf(schema, upgrade)
  return (item: Item): Effect.Effect<A, Corrupt | Newer> => read(fieldsOf(item))
}
