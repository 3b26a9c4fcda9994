import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"

// What an absent field means, and where that is from, is in docs/updates.md, field by field.

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

/** Replies have a thread as well: it is a topic only where `is_topic_message` says so. */
const thread = {
  message_thread_id: Schema.optionalKey(Schema.Int),
  is_topic_message: Schema.optionalKey(Schema.Boolean),
}

export const ReceivedMessage = Schema.Struct({
  message_id: Schema.Int,
  date: Seconds,
  chat: Chat,
  from: Schema.optionalKey(Person),
  /** The chat in whose name it was written, e.g. by a group's anonymous administrator. */
  sender_chat: Schema.optionalKey(Schema.Struct({ id: Schema.Int })),
  ...thread,
  text: Schema.optionalKey(Schema.String),
  /** Either says that it was forwarded; servers before Bot API 7.0 send the second. */
  forward_origin: Schema.optionalKey(Schema.Struct({ type: Schema.optionalKey(Schema.String) })),
  forward_date: Schema.optionalKey(Schema.Int),
  /** The bot whose inline result it is. */
  via_bot: Schema.optionalKey(Schema.Struct({ id: Schema.Int })),
})
export type ReceivedMessage = typeof ReceivedMessage.Type

export const CallbackQuery = Schema.Struct({
  id: Schema.String,
  from: Person,
  data: Schema.optionalKey(Schema.String),
  /** Missing for buttons of inline messages. */
  message: Schema.optionalKey(
    Schema.Struct({
      chat: Chat,
      /** When the message with the button was sent; 0 where Telegram shows it to nobody any more. */
      date: Schema.optionalKey(Seconds),
      ...thread,
    }),
  ),
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
  Schema.Struct({ update_id: Schema.Int, message: ReceivedMessage }),
  Schema.Struct({ update_id: Schema.Int, edited_message: ReceivedMessage }),
  Schema.Struct({ update_id: Schema.Int, callback_query: CallbackQuery }),
  Schema.Struct({ update_id: Schema.Int, my_chat_member: ChatMemberUpdated }),
])
export type Update = typeof Update.Type

/** What a bot asks Telegram for; whatever else comes is counted and ignored. */
export const usedKinds: ReadonlyArray<string> = ["message", "edited_message", "callback_query", "my_chat_member"]

export const isUsed = (kind: string): boolean => usedKinds.includes(kind)

/** The field beside `update_id` names the kind. Somebody else's field names do not become ours: they are "unknown". */
export const kindOf = (update: object): string => {
  const isGiven = (key: string): boolean => Object.hasOwn(update, key) && Reflect.get(update, key) != null
  return (
    usedKinds.find(isGiven) ??
    Object.keys(update).find((key) => key !== "update_id" && /^[a-z_]{1,64}$/.test(key) && isGiven(key)) ??
    "unknown"
  )
}

/** No field that we use lies deeper: update, callback query, message, chat. */
const depth = 4

/** Telegram leaves out what it has not; other libraries and relays write `null`, which means the same. */
const withoutNulls = (value: unknown, levels = depth): unknown => {
  if (levels === 0 || !Predicate.isObject(value) || Array.isArray(value)) return value
  const given = Object.entries(value).filter(([, field]) => field !== null)
  return Object.fromEntries(given.map(([name, field]) => [name, withoutNulls(field, levels - 1)]))
}

const decode = Schema.decodeUnknownResult(Update)

/** Fails where a field that is used is missing or of another type. */
export const decodeUpdate = (json: object) => decode(withoutNulls(json))
