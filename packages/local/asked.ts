import * as Effect from "effect/Effect"
import type * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"

/** A body that is not understood, with the fields that nobody knows. */
export class BadBody extends Schema.TaggedError<BadBody>()("BadBody", { unknown: Schema.Array(Schema.String) }) {
  /** What whoever sent it is told. */
  told(usage: string): string {
    return this.unknown.length === 0 ? usage : `there is no ${this.unknown.join(", ")}: ${usage}`
  }
}

/** What a request's JSON asks for. A field that is not known is refused: left out in silence, a slip of the keyboard would seem done. */
export const asked = Effect.fnUntraced(function* <A, E>(
  request: HttpServerRequest.HttpServerRequest,
  decode: (body: unknown) => Effect.Effect<A, E>,
) {
  const body = yield* Effect.mapError(request.json, () => new BadBody({ unknown: [] }))
  const known = yield* Effect.mapError(decode(body), () => new BadBody({ unknown: [] }))
  const unknown = unknownIn(body, known)
  return unknown.length > 0 ? yield* new BadBody({ unknown }) : known
})

/** What of a body the decoder has left out. What it takes as it is, however deep, is known. */
const unknownIn = (given: unknown, known: unknown): ReadonlyArray<string> =>
  given === known || !Predicate.isObject(given) || !Predicate.isObject(known)
    ? []
    : Object.entries(given).flatMap(([field, value]) =>
        Object.hasOwn(known, field) ? unknownIn(value, Reflect.get(known, field)).map((of) => `${field}.${of}`) : field,
      )
