import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

export interface Body {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Uint8Array
  readonly text: string
}

export const ask = (url: string, init?: RequestInit): Effect.Effect<Body> =>
  Effect.promise(async () => {
    const response = await fetch(url, init)
    const bytes = new Uint8Array(await response.arrayBuffer())
    return { status: response.status, headers: response.headers, bytes, text: new TextDecoder().decode(bytes) }
  })

/** Undefined: 404. */
export const json = <A, I>(url: string, schema: Schema.Codec<A, I>): Effect.Effect<A | undefined> => {
  const decode = Schema.decodeUnknownEffect(Schema.fromJsonString(schema))
  return Effect.flatMap(ask(url), ({ status, text }) =>
    status === 404 ? Effect.succeed(undefined) : Effect.orDie(decode(text)),
  )
}
