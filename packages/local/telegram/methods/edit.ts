import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Equal from "effect/Equal"
import * as Schema from "effect/Schema"
import { Chats } from "../Chats.ts"
import { format } from "../entities/format.ts"
import { badRequest } from "../errors.ts"
import { keyboardOf } from "../keyboard.ts"
import { Messages } from "../Messages.ts"
import { Entity, type Message } from "../model.ts"
import { ChatId, Int, Nested, optional } from "../params.ts"
import { type Method, method } from "./method.ts"

const target = { chat_id: optional(ChatId), message_id: optional(Int), reply_markup: optional(Schema.Unknown) }
const Target = Schema.Struct(target)

const notModified = badRequest(
  "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
)

/** The bot's own message, without its keyboard: an edit that names none takes it away. */
const toEdit = Effect.fnUntraced(function* ({ chat_id, message_id }: typeof Target.Type) {
  const chat = yield* (yield* Chats).forBot(chat_id ?? "")
  if (message_id === undefined) return yield* badRequest("message identifier is not specified")
  const found = (yield* Messages).get(chat.id, message_id)
  if (found === undefined) return yield* badRequest("message to edit not found")
  if (!found.byBot) return yield* badRequest("message can't be edited")
  return found.message
})

const replace = Effect.fnUntraced(function* (before: Message, after: Message) {
  if (Equal.equals(before, after)) return yield* notModified
  const edited = { ...after, edit_date: Math.floor((yield* Clock.currentTimeMillis) / 1000) }
  const messages = yield* Messages
  messages.replace(edited)
  return edited
})

const withKeyboard = Effect.fnUntraced(function* (message: Message, markup: unknown) {
  const { reply_markup: _before, ...rest } = message
  const keyboard = yield* keyboardOf(markup)
  return keyboard === undefined ? rest : { ...rest, reply_markup: keyboard }
})

export const editMessageText: Method = method(
  Schema.Struct({
    ...target,
    text: optional(Schema.String),
    parse_mode: optional(Schema.String),
    entities: optional(Nested(Schema.Array(Entity))),
  }),
  Effect.fnUntraced(function* (input) {
    const before = yield* toEdit(input)
    if (before.text === undefined) return yield* badRequest("there is no text in the message to edit")
    const markup = { text: input.text ?? "", parseMode: input.parse_mode, entities: input.entities }
    const { text, entities } = yield* format("message", markup)
    if (text === "") return yield* badRequest("message text is empty")
    const { entities: _before, ...rest } = yield* withKeyboard(before, input.reply_markup)
    return yield* replace(before, { ...rest, text, ...(entities.length > 0 && { entities }) })
  }),
)

export const editMessageReplyMarkup: Method = method(
  Target,
  Effect.fnUntraced(function* (input) {
    const before = yield* toEdit(input)
    return yield* replace(before, yield* withKeyboard(before, input.reply_markup))
  }),
)

export const deleteMessage: Method = method(
  Target,
  Effect.fnUntraced(function* ({ chat_id, message_id }) {
    const chat = yield* (yield* Chats).forBot(chat_id ?? "")
    const messages = yield* Messages
    if (!messages.remove(chat.id, message_id ?? 0)) return yield* badRequest("message to delete not found")
    return true
  }),
)
