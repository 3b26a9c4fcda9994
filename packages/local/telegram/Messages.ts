import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Database } from "./Database.ts"
import { decodeMessage, type Message } from "./model.ts"

/** How far back the message is looked for whose button was tapped. */
const tappable = 20

/** Every message of every chat. */
export class Messages extends Context.Service<
  Messages,
  {
    nextId(): number
    add(message: Message, author: "bot" | "person"): void
    replace(message: Message): void
    remove(chatId: number, messageId: number): boolean
    get(chatId: number, messageId: number): { readonly message: Message; readonly byBot: boolean } | undefined
    /** Oldest first, as the JSON they are stored as: only the bot's, or everybody's. */
    json(chatId: number, authors: "bot" | "all"): ReadonlyArray<string>
    /** The bot's latest message with this button, else its latest message. */
    withButton(chatId: number, data: string): Message | undefined
    lastOfPerson(chatId: number): Message | undefined
    /** How many messages of the bot were accepted, deleted ones included. */
    sent(): number
  }
>()("@concierge/local/telegram/Messages") {}

export const layer = Layer.effect(
  Messages,
  Effect.gen(function* () {
    const { sqlite, lastId } = yield* Database
    const insert = sqlite.prepare("INSERT INTO messages (message_id, chat_id, from_bot, json) VALUES (?, ?, ?, ?)")
    const update = sqlite.prepare("UPDATE messages SET json = ? WHERE message_id = ?")
    const erase = sqlite.prepare(
      "UPDATE messages SET deleted = 1, json = '{}' WHERE chat_id = ? AND message_id = ? AND deleted = 0",
    )
    const one = sqlite.prepare(
      "SELECT json, from_bot FROM messages WHERE chat_id = ? AND message_id = ? AND deleted = 0",
    )
    const list = sqlite.prepare(
      "SELECT json FROM messages WHERE chat_id = ? AND from_bot >= ? AND deleted = 0 ORDER BY message_id",
    )
    const latest = sqlite.prepare(
      "SELECT json FROM messages WHERE chat_id = ? AND from_bot = ? AND deleted = 0 ORDER BY message_id DESC LIMIT ?",
    )
    let last = lastId("messages")
    const count = sqlite.prepare(
      "SELECT (SELECT count(*) FROM messages WHERE from_bot = 1) + coalesce((SELECT CAST(json AS INTEGER) FROM settings WHERE name = 'sentBefore'), 0) AS n",
    )
    let sent = Number(count.get()?.n)

    return Messages.of({
      nextId: () => ++last,
      add: (message, author) => {
        insert.run(message.message_id, message.chat.id, author === "bot" ? 1 : 0, JSON.stringify(message))
        if (author === "bot") sent++
      },
      replace: (message) => {
        update.run(JSON.stringify(message), message.message_id)
      },
      remove: (chatId, messageId) => erase.run(chatId, messageId).changes > 0,
      get: (chatId, messageId) => {
        const row = one.get(chatId, messageId)
        return row === undefined ? undefined : { message: decodeMessage(row.json), byBot: row.from_bot === 1 }
      },
      json: (chatId, authors) => list.all(chatId, authors === "bot" ? 1 : 0).map((row) => String(row.json)),
      withButton: (chatId, data) => {
        const messages = latest.all(chatId, 1, tappable).map((row) => decodeMessage(row.json))
        return messages.find((message) => hasButton(message, data)) ?? messages[0]
      },
      lastOfPerson: (chatId) => {
        const row = latest.get(chatId, 0, 1)
        return row === undefined ? undefined : decodeMessage(row.json)
      },
      sent: () => sent,
    })
  }),
)

const hasButton = (message: Message, data: string): boolean =>
  message.reply_markup?.inline_keyboard.some((row) => row.some((button) => button.callback_data === data)) ?? false
