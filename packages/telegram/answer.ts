import { Unavailable } from "@concierge/core/services/reasons.ts"
import {
  BadFile,
  BadUrl,
  Blocked,
  QueryTooOld,
  RateLimited,
  Rejected,
  type TelegramError,
  Unauthorized,
} from "@concierge/core/services/TelegramError.ts"
import { withoutQuotes } from "@concierge/core/services/withoutQuotes.ts"
import * as Schema from "effect/Schema"

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
