import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Unavailable } from "./reasons.ts"

export class NotFound extends Schema.TaggedError<NotFound>()("NotFound", { key: Schema.String }) {}

/** The key is not one, see {@link isKey}. Nothing was stored. */
export class BadKey extends Schema.TaggedError<BadKey>()("BadKey", { key: Schema.String }) {}

export class MediaError extends Schema.TaggedError<MediaError>()("MediaError", {
  reason: Schema.Union([NotFound, BadKey, Unavailable]),
}) {}

/**
 * Segments of letters, digits, `_`, `-` and `.` with `/` between them, none beginning with a dot: a key is a path on every
 * store and never one that leads out of it. S3 ends keys at 1,024 bytes, file systems names at 255.
 */
export const isKey = (key: string): boolean =>
  key.length <= 1024 && /^[\w-][\w.-]{0,199}(?:\/[\w-][\w.-]{0,199})*$/.test(key)

/** A key for a log: a greeting's file is named by a hash of its words, by which a name can be guessed. */
export const keyForLog = (key: string): string =>
  key.startsWith("tts/") ? `${key.slice(0, key.lastIndexOf("/"))}/…` : key

/** Objects by key: the welcome videos (`media/…`) and the cached greetings (`tts/…`). */
export class Media extends Context.Service<
  Media,
  {
    /** A key that is not one is simply not found. */
    get(key: string): Effect.Effect<Uint8Array, MediaError>
    put(key: string, bytes: Uint8Array, contentType: string): Effect.Effect<void, MediaError>
    /**
     * A link that anyone may open until it expires; it does not say whether the object exists. `NotFound`: on this machine
     * there are no links.
     */
    signedUrl(key: string): Effect.Effect<string, MediaError>
  }
>()("@concierge/core/services/Media") {}
