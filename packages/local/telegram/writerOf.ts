import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { Profile } from "./Chats.ts"

const From = Schema.Struct({ id: Schema.Int.check(Schema.isGreaterThan(0)), ...Profile.fields })
const chat = Schema.Struct({ id: Schema.Int.check(Schema.makeFilter((id) => id !== 0)) })
const Written = Schema.Struct({ from: From, chat })

const Update = Schema.fromJsonString(
  Schema.Struct({
    message: Schema.optionalKey(Written),
    edited_message: Schema.optionalKey(Written),
    my_chat_member: Schema.optionalKey(Written),
    callback_query: Schema.optionalKey(
      Schema.Struct({ from: From, message: Schema.optionalKey(Schema.Struct({ chat })) }),
    ),
  }),
)

const decode = Schema.decodeUnknownOption(Update)

export interface Writer {
  readonly from: typeof From.Type
  readonly chatId: number
}

/**
 * Who did what an update tells of, and in which chat; undefined where it does not say so as Telegram would: a private
 * chat has the id of its person.
 */
export const writerOf = (update: string): Writer | undefined => {
  const found = decode(update)
  if (Option.isNone(found)) return undefined
  const { callback_query: tap, edited_message, message, my_chat_member } = found.value
  if (tap !== undefined) return writing(tap.from, tap.message?.chat.id ?? tap.from.id)
  const written = message ?? edited_message ?? my_chat_member
  return written === undefined ? undefined : writing(written.from, written.chat.id)
}

const writing = (from: typeof From.Type, chatId: number): Writer | undefined =>
  chatId < 0 || chatId === from.id ? { from, chatId } : undefined
