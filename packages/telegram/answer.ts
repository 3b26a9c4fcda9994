import { Unavailable } from "@concierge/core/services/reasons.ts"
import {
  BadFile,
  BadUrl,
  Blocked,
  Migrated,
  NoTopic,
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
  parameters: Schema.optionalKey(
    Schema.Struct({
      retry_after: Schema.optionalKey(Schema.Finite),
      migrate_to_chat_id: Schema.optionalKey(Schema.Int),
    }),
  ),
})
export type Answer = typeof Answer.Type

export const decodeAnswer = Schema.decodeUnknownResult(Schema.fromJsonString(Answer))

/** Which kind of file a call carried: Telegram's words do not always say which one it means. */
export type Carried = "FileId" | "Url" | "Upload" | "nothing"

/**
 * What a refusal means for us. Telegram's descriptions are the only thing that tells its 400s apart; they are matched in
 * full words, from the beginning (`tdlib/telegram-bot-api`: Client.cpp; `tdlib/td`: FileManager.cpp, MessagesManager.cpp): many a refusal of one chat speaks of media too,
 * and must not cost everybody the file.
 */
export const reasonOf = (status: number, answer: Answer, carried: Carried): TelegramError["reason"] => {
  const said = answer.description ?? `status ${status} without a description`
  const description = withoutQuotes(said)
  const { migrate_to_chat_id, retry_after } = answer.parameters ?? {}
  if (status === 429) return new RateLimited({ retryAfter: Math.max(leastWait, retry_after ?? retryAfterOf(said)) })
  if (ofThePerson.test(said)) return new Blocked({ description })
  if (status === 401 || status === 404 || ofTheToken.test(said)) return new Unauthorized({ description })
  if (status >= 500) return new Unavailable({ cause: new Error(description) })
  if (status === 400 && migrate_to_chat_id !== undefined) return new Migrated({ chatId: migrate_to_chat_id })
  if (status === 400 && ofTheTopic.test(said)) return new NoTopic({ description })
  if (status === 400 && ofTheQuery.test(said)) return new QueryTooOld({ description })
  if (status === 400 && carried === "FileId" && ofTheFile.test(said)) return new BadFile({ description })
  if (status === 400 && carried === "Url" && ofTheUrl.test(said)) return new BadUrl({ description })
  return new Rejected({ status, description })
}

/** Of a body that is no answer, as from a server before Telegram's own: a 4xx says that nothing went further. */
export const reasonOfBody = (status: number, carried: Carried): TelegramError["reason"] =>
  status >= 400 && status < 500
    ? reasonOf(status, { ok: false }, carried)
    : new Unavailable({ cause: new Error(`status ${status} with a body that is no answer`) })

const ofThePerson =
  /^(?:Forbidden: (?:bot was blocked by the user|user is deactivated|bot can't initiate conversation)|Bad Request: USER_DELETED$)/
/** While a token is taken to another server nothing is sent with it. */
const ofTheToken = /^(?:Bad Request: )?Logged out$/
const ofTheTopic = /^Bad Request: (?:message thread not found|TOPIC_DELETED)$/
const ofTheQuery = /^Bad Request: (?:query is too old and response timeout expired|QUERY_ID_INVALID)/
const ofTheFile =
  /^Bad Request: (?:(?:wrong |invalid )?(?:remote )?file identifier|wrong file_id|file not found$|can't use file of type|unexpected conversion type|type of file mismatch|FILE_ID_INVALID|FILE_REFERENCE_|MEDIA_(?:EMPTY|INVALID)$)/i
const ofTheUrl =
  /^Bad Request: (?:wrong file identifier\/HTTP URL|wrong HTTP URL specified|invalid file HTTP URL specified|URL must be in UTF-8|failed to get HTTP URL content|wrong type of the web page content|can't upload file by URL|file is too big|file of size \d+ bytes is too big)/i

/** Seconds for whoever has just had enough, also where that names none or 0. */
const leastWait = 1

/** In words where there are no parameters. */
const retryAfterOf = (said: string): number => Number(/retry after (\d{1,6})/.exec(said)?.[1] ?? leastWait)
