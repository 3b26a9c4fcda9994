import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Chats } from "../Chats.ts"
import { format } from "../entities/format.ts"
import { badRequest } from "../errors.ts"
import { fileOf } from "../files/fileOf.ts"
import { coverOf } from "../files/pictures.ts"
import { keyboardOf } from "../keyboard.ts"
import { Messages } from "../Messages.ts"
import { Entity, type Message } from "../model.ts"
import { botOf, Options } from "../Options.ts"
import { ChatId, Flag, Int, Nested, optional } from "../params.ts"
import { Topics } from "../Topics.ts"
import { effectOf } from "./effect.ts"
import { type Method, method } from "./method.ts"

const target = {
  chat_id: optional(ChatId),
  parse_mode: optional(Schema.String),
  reply_markup: optional(Schema.Unknown),
  message_thread_id: optional(Int),
  protect_content: optional(Flag),
  message_effect_id: optional(Schema.Union([Schema.String, Schema.Int])),
}
const Entities = optional(Nested(Schema.Array(Entity)))

interface Target {
  readonly chat_id?: number | string
  readonly reply_markup?: unknown
  readonly message_thread_id?: number
  readonly protect_content?: boolean
  readonly message_effect_id?: string | number
}

/** Posts what `content` makes into the chat, once chat and keyboard are known to be good. */
const post = Effect.fnUntraced(function* <E, R>(
  { chat_id, message_effect_id, message_thread_id, protect_content, reply_markup }: Target,
  content: Effect.Effect<Partial<Message>, E, R>,
) {
  const chat = yield* (yield* Chats).forBot(chat_id ?? "")
  const topics = yield* Topics
  const thread = yield* topics.forBot(chat, message_thread_id)
  const effect = yield* effectOf(chat, message_effect_id)
  const keyboard = yield* keyboardOf(reply_markup)
  const filled = yield* content
  const messages = yield* Messages
  const message: Message = {
    message_id: messages.nextId(),
    from: botOf(yield* Options),
    chat: topics.shown(chat),
    date: Math.floor((yield* Clock.currentTimeMillis) / 1000),
    ...thread,
    ...filled,
    ...(protect_content === true && { has_protected_content: true }),
    ...(effect !== undefined && { effect_id: effect }),
    ...(keyboard !== undefined && { reply_markup: keyboard }),
  }
  messages.add(message, "bot")
  return message
})

export const sendMessage: Method = method(
  Schema.Struct({ ...target, text: optional(Schema.String), entities: Entities }),
  (input) =>
    post(
      input,
      Effect.gen(function* () {
        const { text, entities } = yield* format("message", {
          text: input.text ?? "",
          parseMode: input.parse_mode,
          entities: input.entities,
        })
        if (text === "") return yield* badRequest("message text is empty")
        return { text, ...(entities.length > 0 && { entities }) }
      }),
    ),
)

const Captioned = Schema.Struct({
  ...target,
  caption: optional(Schema.String),
  caption_entities: Entities,
  duration: optional(Int),
  width: optional(Int),
  height: optional(Int),
})

const sendFile = (kind: "video" | "voice"): Method =>
  method(Captioned, (input, params) =>
    post(
      input,
      Effect.gen(function* () {
        const { text, entities } = yield* format("message caption", {
          text: input.caption ?? "",
          parseMode: input.parse_mode,
          entities: input.caption_entities,
        })
        const { duration, width, height } = input
        const stored = yield* fileOf(kind, params, {
          ...(duration !== undefined && { duration }),
          ...(width !== undefined && { width }),
          ...(height !== undefined && { height }),
        })
        const cover = stored.kind === "video" ? yield* coverOf(params) : undefined
        return {
          [stored.kind]: { ...stored.media, ...(cover !== undefined && { cover: [cover] }) },
          // For clients from before there were animations.
          ...(stored.kind === "animation" && { document: stored.media }),
          ...(text !== "" && { caption: text }),
          ...(entities.length > 0 && { caption_entities: entities }),
        }
      }),
    ),
  )

export const sendVideo = sendFile("video")
export const sendVoice = sendFile("voice")

const actions = [
  "typing",
  "upload_photo",
  "record_video",
  "upload_video",
  "record_voice",
  "upload_voice",
  "upload_document",
  "choose_sticker",
  "find_location",
  "record_video_note",
  "upload_video_note",
]

export const sendChatAction: Method = method(
  Schema.Struct({ chat_id: optional(ChatId), action: optional(Schema.String), message_thread_id: optional(Int) }),
  Effect.fnUntraced(function* ({ action, chat_id, message_thread_id }) {
    yield* (yield* Topics).forBot(yield* (yield* Chats).forBot(chat_id ?? ""), message_thread_id)
    if (!actions.includes(action ?? "")) return yield* badRequest("wrong parameter action in request")
    return true
  }),
)
