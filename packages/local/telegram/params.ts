import * as Schema from "effect/Schema"
import * as SchemaTransformation from "effect/SchemaTransformation"

/** A file that came with the call. */
export interface Upload {
  readonly bytes: Uint8Array
  readonly name: string
  readonly contentType: string
}

/** A call's parameters, whichever way they came: in a form everything is a string, in JSON it has its type. */
export interface Params {
  readonly values: Readonly<Record<string, unknown>>
  readonly uploads: ReadonlyMap<string, Upload>
}

export const Int = Schema.Union([Schema.Int, Schema.FiniteFromString.check(Schema.isInt())])

const isTrue = (text: string): boolean => ["true", "1", "yes"].includes(text.toLowerCase())

export const Flag = Schema.Union([
  Schema.Boolean,
  Schema.String.pipe(
    Schema.decodeTo(Schema.Boolean, SchemaTransformation.transform({ decode: isTrue, encode: String })),
  ),
])

/** In JSON itself, in a form as JSON text. */
export const Nested = <S extends Schema.Constraint>(schema: S) => Schema.Union([schema, Schema.fromJsonString(schema)])

/** A number, its digits or an `@username`. */
export const ChatId = Schema.Union([Schema.Int, Schema.String])

export const optional = Schema.optionalKey
