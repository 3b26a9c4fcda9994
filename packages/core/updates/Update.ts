import * as Schema from "effect/Schema"

/** Seconds since 1970, up to the year 9999: later ones have no ISO text of the same length. */
const Seconds = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 253_402_300_799 }))

/** Telegram's `User`. Official samples lack `is_bot`, so nothing but the id is required. */
export const Person = Schema.Struct({
  id: Schema.Int,
  is_bot: Schema.optionalKey(Schema.Boolean),
  first_name: Schema.optionalKey(Schema.String),
  last_name: Schema.optionalKey(Schema.String),
  username: Schema.optionalKey(Schema.String),
  language_code: Schema.optionalKey(Schema.String),
})
export type Person = typeof Person.Type

/** `type` is missing in official samples; a private chat has the id of its person. */
const Chat = Schema.Struct({
  id: Schema.Int,
  type: Schema.optionalKey(Schema.String),
})

export const Message = Schema.Struct({
  message_id: Schema.Int,
  date: Seconds,
  chat: Chat,
  from: Schema.optionalKey(Person),
  text: Schema.optionalKey(Schema.String),
})
export type Message = typeof Message.Type

export const CallbackQuery = Schema.Struct({
  id: Schema.String,
  from: Person,
  data: Schema.optionalKey(Schema.String),
  /** Missing for buttons of inline messages. */
  message: Schema.optionalKey(Schema.Struct({ chat: Chat })),
})
export type CallbackQuery = typeof CallbackQuery.Type

export const ChatMemberUpdated = Schema.Struct({
  chat: Chat,
  from: Person,
  date: Seconds,
  new_chat_member: Schema.Struct({ status: Schema.String }),
})
export type ChatMemberUpdated = typeof ChatMemberUpdated.Type

/** The kinds that onboarding uses, each decoded as far as it is used and no further. */
export const Update = Schema.Union([
  Schema.Struct({ update_id: Schema.Int, message: Message }),
  Schema.Struct({ update_id: Schema.Int, edited_message: Message }),
  Schema.Struct({ update_id: Schema.Int, callback_query: CallbackQuery }),
  Schema.Struct({ update_id: Schema.Int, my_chat_member: ChatMemberUpdated }),
])
export type Update = typeof Update.Type

/** What a bot asks Telegram for; whatever else comes is counted and ignored. */
export const usedKinds: ReadonlyArray<string> = ["message", "edited_message", "callback_query", "my_chat_member"]

export const isUsed = (kind: string): boolean => usedKinds.includes(kind)

/** The field beside `update_id` names the kind. Somebody else's field names do not become ours: they are "unknown". */
export const kindOf = (update: object): string =>
  usedKinds.find((kind) => Object.hasOwn(update, kind)) ??
  Object.keys(update).find((key) => key !== "update_id" && /^[a-z_]{1,64}$/.test(key)) ??
  "unknown"
