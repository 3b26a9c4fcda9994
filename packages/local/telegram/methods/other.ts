import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Chats } from "../Chats.ts"
import { badRequest } from "../errors.ts"
import { Files } from "../files/Files.ts"
import { botOf, Options } from "../Options.ts"
import { ChatId, Flag, optional } from "../params.ts"
import { Taps } from "../Taps.ts"
import { type Method, method } from "./method.ts"

export const getMe: Method = method(Schema.Struct({}), () =>
  Effect.map(Options, (options) => ({
    ...botOf(options),
    can_join_groups: true,
    can_read_all_group_messages: true,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
  })),
)

export const getChat: Method = method(
  Schema.Struct({ chat_id: optional(ChatId) }),
  Effect.fnUntraced(function* ({ chat_id = "" }) {
    if (chat_id === "") return yield* badRequest("chat_id is empty")
    const chat = yield* (yield* Chats).get(Number(chat_id))
    return { ...chat, accent_color_id: 0, max_reaction_count: 11 }
  }),
)

export const answerCallbackQuery: Method = method(
  Schema.Struct({
    callback_query_id: optional(Schema.String),
    text: optional(Schema.String),
    show_alert: optional(Flag),
    url: optional(Schema.String),
  }),
  Effect.fnUntraced(function* ({ callback_query_id = "", ...answer }) {
    if ((answer.text ?? "").length > 200) return yield* badRequest("MESSAGE_TOO_LONG")
    yield* (yield* Taps).answer(callback_query_id, answer)
    return true
  }),
)

/** What a bot may download; larger files it can only send again. */
const largest = 20 * 1024 * 1024

export const getFile: Method = method(
  Schema.Struct({ file_id: optional(Schema.String) }),
  Effect.fnUntraced(function* ({ file_id = "" }) {
    if (file_id === "") return yield* badRequest("file_id not specified")
    const stored = (yield* Files).get(file_id)
    if (stored === undefined) return yield* badRequest("wrong file_id or the file is temporarily unavailable")
    const { file_unique_id, file_size } = stored.media
    if (file_size > largest) return yield* badRequest("file is too big")
    return { file_id, file_unique_id, file_size, file_path: stored.path }
  }),
)
