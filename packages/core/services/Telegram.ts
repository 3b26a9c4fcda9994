import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Unavailable } from "./reasons.ts"

/** 429: not before `retryAfter` seconds from now. Nothing was sent. */
export class RateLimited extends Schema.TaggedError<RateLimited>()("RateLimited", { retryAfter: Schema.Finite }) {}

/** 403: the person has blocked the bot, or their account is gone. */
export class Blocked extends Schema.TaggedError<Blocked>()("Blocked", { description: Schema.String }) {}

/** 400: this bot has no such file, or it is of another type. */
export class BadFile extends Schema.TaggedError<BadFile>()("BadFile", { description: Schema.String }) {}

/** 400: Telegram could not fetch the URL we gave it. */
export class BadUrl extends Schema.TaggedError<BadUrl>()("BadUrl", { description: Schema.String }) {}

/** 400 "query is too old": the tap was answered, or has expired. */
export class QueryTooOld extends Schema.TaggedError<QueryTooOld>()("QueryTooOld", { description: Schema.String }) {}

/** Any other 4xx: this request will never succeed. Nothing was sent. */
export class Rejected extends Schema.TaggedError<Rejected>()("Rejected", {
  status: Schema.Int,
  description: Schema.String,
}) {}

/** 401 or 404: the bot's token is wrong. Nothing was sent. */
export class Unauthorized extends Schema.TaggedError<Unauthorized>()("Unauthorized", { description: Schema.String }) {}

export class TelegramError extends Schema.TaggedError<TelegramError>()("TelegramError", {
  method: Schema.String,
  reason: Schema.Union([RateLimited, Blocked, BadFile, BadUrl, QueryTooOld, Rejected, Unauthorized, Unavailable]),
}) {}

/** Where Telegram takes a file from. */
export type File =
  | { readonly _tag: "FileId"; readonly fileId: string }
  | { readonly _tag: "Url"; readonly url: string }
  | { readonly _tag: "Upload"; readonly bytes: Uint8Array; readonly name: string; readonly contentType: string }

export type Button = { readonly text: string; readonly data: string } | { readonly text: string; readonly url: string }

export interface Message {
  readonly chatId: number
  /** HTML, escaped where it holds somebody's words. */
  readonly html: string
  /** One button a row. */
  readonly buttons?: ReadonlyArray<Button>
}

export interface Sent {
  readonly messageId: number
  /** By which the same file can be sent again by this bot. */
  readonly fileId?: string
}

/** The Bot API methods that onboarding uses. A send is never repeated here: whether to is the protocol's decision. */
export class Telegram extends Context.Service<
  Telegram,
  {
    sendMessage(message: Message): Effect.Effect<Sent, TelegramError>
    sendVideo(message: Message, video: File): Effect.Effect<Sent, TelegramError>
    sendVoice(message: Message, voice: File): Effect.Effect<Sent, TelegramError>
    /** Stops the button's spinner; with a text, shows it as a toast. An expired query is a success. */
    answerCallback(queryId: string, text?: string): Effect.Effect<void, TelegramError>
    /** The bot's own username, without `@`; asked once. */
    readonly username: Effect.Effect<string, TelegramError>
  }
>()("@concierge/core/services/Telegram") {}
