import * as Schema from "effect/Schema"
import { Unavailable } from "./reasons.ts"
import { withoutQuotes } from "./withoutQuotes.ts"

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

/** What the Bot API answers, as far as it is used. */
const Answer = Schema.Struct({
  ok: Schema.Boolean,
  result: Schema.optionalKey(Schema.Unknown),
  description: Schema.optionalKey(Schema.String),
  parameters: Schema.optionalKey(Schema.Struct({ retry_after: Schema.optionalKey(Schema.Finite) })),
})
export type Answer = typeof Answer.Type

export const decodeAnswer = Schema.decodeUnknownResult(Schema.fromJsonString(Answer))

/** Which kind of file a call carried: Telegram's words do not always say which one it means. */
export type Carried = "FileId" | "Url" | "Upload" | "nothing"

/** What a refusal means for us. Telegram's descriptions are the only thing that tells its 400s apart. */
export const reasonOf = (status: number, answer: Answer, carried: Carried): TelegramError["reason"] => {
  const said = answer.description ?? `status ${status} without a description`
  const description = withoutQuotes(said)
  if (status === 429) return new RateLimited({ retryAfter: answer.parameters?.retry_after ?? defaultRetryAfter })
  if (status === 403) return new Blocked({ description })
  if (status === 401 || status === 404) return new Unauthorized({ description })
  if (status >= 500) return new Unavailable({ cause: new Error(description) })
  if (/query is too old|query id is invalid/i.test(said)) return new QueryTooOld({ description })
  if (status === 400 && /file|url|web ?page|media|remote/i.test(said)) {
    if (carried === "FileId") return new BadFile({ description })
    if (carried === "Url") return new BadUrl({ description })
  }
  return new Rejected({ status, description })
}

/** Seconds, where a 429 names none. */
const defaultRetryAfter = 1
