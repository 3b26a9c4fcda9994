import * as Schema from "effect/Schema"
import { Unavailable } from "./reasons.ts"

/** 429: not before `retryAfter` seconds from now. Nothing was sent. */
export class RateLimited extends Schema.TaggedError<RateLimited>()("RateLimited", { retryAfter: Schema.Finite }) {}

/** 400: the group is another by now, with this id. Nothing was sent. */
export class Migrated extends Schema.TaggedError<Migrated>()("Migrated", { chatId: Schema.Int }) {}

/** 400: the chat has no such topic, or none any more. Nothing was sent. */
export class NoTopic extends Schema.TaggedError<NoTopic>()("NoTopic", { description: Schema.String }) {}

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
  reason: Schema.Union([
    RateLimited,
    Migrated,
    NoTopic,
    Blocked,
    BadFile,
    BadUrl,
    QueryTooOld,
    Rejected,
    Unauthorized,
    Unavailable,
  ]),
}) {}
