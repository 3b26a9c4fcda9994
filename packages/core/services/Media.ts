import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Unavailable } from "./reasons.ts"

/** There is no such object. */
export class NotFound extends Schema.TaggedError<NotFound>()("NotFound", { key: Schema.String }) {}

export class MediaError extends Schema.TaggedError<MediaError>()("MediaError", {
  reason: Schema.Union([NotFound, Unavailable]),
}) {}

/** Objects by key: the welcome videos (`media/…`) and the cached greetings (`tts/…`). */
export class Media extends Context.Service<
  Media,
  {
    get(key: string): Effect.Effect<Uint8Array, MediaError>
    put(key: string, bytes: Uint8Array, contentType: string): Effect.Effect<void, MediaError>
    /** A link that anyone may open until it expires; it does not say whether the object exists. */
    signedUrl(key: string): Effect.Effect<string, MediaError>
  }
>()("@concierge/core/services/Media") {}
