import * as Schema from "effect/Schema"

// The Bot API's own objects, with the fields that the stand-in fills in.

const text = Schema.optionalKey(Schema.String)
const yes = Schema.optionalKey(Schema.Literal(true))
const int = Schema.optionalKey(Schema.Int)

export const User = Schema.Struct({
  id: Schema.Int,
  is_bot: Schema.Boolean,
  first_name: Schema.String,
  last_name: text,
  username: text,
  language_code: text,
})
export type User = typeof User.Type

export const Chat = Schema.Struct({
  id: Schema.Int,
  type: Schema.Literals(["private", "group", "supergroup"]),
  title: text,
  is_forum: yes,
  first_name: text,
  last_name: text,
  username: text,
})
export type Chat = typeof Chat.Type

/** `offset` and `length` count UTF-16 code units. */
export const Entity = Schema.Struct({
  type: Schema.String,
  offset: Schema.Int,
  length: Schema.Int,
  url: text,
  language: text,
  custom_emoji_id: text,
})
export type Entity = typeof Entity.Type

export const InlineKeyboardButton = Schema.Struct({
  text: Schema.String,
  style: text,
  callback_data: text,
  url: text,
  switch_inline_query: text,
  switch_inline_query_current_chat: text,
  web_app: Schema.optionalKey(Schema.Struct({ url: Schema.String })),
  copy_text: Schema.optionalKey(Schema.Struct({ text: Schema.String })),
})
export type InlineKeyboardButton = typeof InlineKeyboardButton.Type

export const InlineKeyboardMarkup = Schema.Struct({ inline_keyboard: Schema.Array(Schema.Array(InlineKeyboardButton)) })
export type InlineKeyboardMarkup = typeof InlineKeyboardMarkup.Type

export const PhotoSize = Schema.Struct({
  file_id: Schema.String,
  file_unique_id: Schema.String,
  file_size: Schema.Int,
  width: Schema.Int,
  height: Schema.Int,
})
export type PhotoSize = typeof PhotoSize.Type

/** A video, animation, voice, audio or document: whichever the message holds it as. */
export const Media = Schema.Struct({
  file_id: Schema.String,
  file_unique_id: Schema.String,
  file_size: Schema.Int,
  mime_type: Schema.String,
  file_name: text,
  width: int,
  height: int,
  duration: int,
  thumbnail: Schema.optionalKey(PhotoSize),
  cover: Schema.optionalKey(Schema.Array(PhotoSize)),
})
export type Media = typeof Media.Type

export const kinds = ["video", "animation", "voice", "audio", "document", "photo"] as const
export const Kind = Schema.Literals(kinds)
export type Kind = typeof Kind.Type

/** As Telegram calls it in its refusals. */
export const typeOf = (kind: Kind): string =>
  kind === "voice" ? "VoiceNote" : kind.charAt(0).toUpperCase() + kind.slice(1)

const media = Schema.optionalKey(Media)
const entities = Schema.optionalKey(Schema.Array(Entity))

export const Message = Schema.Struct({
  message_id: Schema.Int,
  from: Schema.optionalKey(User),
  chat: Chat,
  date: Schema.Int,
  edit_date: int,
  message_thread_id: int,
  is_topic_message: yes,
  forum_topic_closed: Schema.optionalKey(Schema.Struct({})),
  forum_topic_reopened: Schema.optionalKey(Schema.Struct({})),
  has_protected_content: yes,
  effect_id: text,
  text,
  entities,
  video: media,
  animation: media,
  voice: media,
  audio: media,
  document: media,
  caption: text,
  caption_entities: entities,
  reply_markup: Schema.optionalKey(InlineKeyboardMarkup),
})
export type Message = typeof Message.Type

const MessageJson = Schema.fromJsonString(Message)
export const decodeMessage = Schema.decodeUnknownSync(MessageJson)
