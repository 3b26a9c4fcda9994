import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Database } from "./Database.ts"
import { type BotApiError, badRequest } from "./errors.ts"
import type { Chat } from "./model.ts"

/** The topic that every forum has. What is written there carries no thread, and none may be named to write there. */
const general = 1

/** What a message in a topic carries. */
export interface Thread {
  readonly message_thread_id?: number
  readonly is_topic_message?: true
}

/** The topics of forums, and of private chats. */
export class Topics extends Context.Service<
  Topics,
  {
    /** A topic that somebody writes in, which thereby exists. */
    enter(chatId: number, topic: number | undefined): Thread
    setClosed(chatId: number, topic: number | undefined, closed: boolean): void
    /** The chat as it is shown. */
    shown(chat: Chat): Chat
    /** Where the bot's message goes. A chat without topics takes any thread and drops it. */
    forBot(chat: Chat, thread: number | undefined): Effect.Effect<Thread, BotApiError>
  }
>()("@concierge/local/telegram/Topics") {}

export const layer = Layer.effect(
  Topics,
  Effect.gen(function* () {
    const { sqlite } = yield* Database
    const add = sqlite.prepare("INSERT OR IGNORE INTO topics (chat_id, topic, closed) VALUES (?, ?, 0)")
    const close = sqlite.prepare("UPDATE topics SET closed = ? WHERE chat_id = ? AND topic = ?")
    const one = sqlite.prepare("SELECT closed FROM topics WHERE chat_id = ? AND topic = ?")

    /** Undefined: there is no such topic. */
    const isClosed = (chatId: number, topic: number): boolean | undefined => {
      const row = one.get(chatId, topic)
      return row === undefined ? undefined : row.closed === 1
    }
    const isForum = (chatId: number): boolean => isClosed(chatId, general) !== undefined
    const make = (chatId: number, topic: number): void => {
      if (chatId < 0) add.run(chatId, general)
      add.run(chatId, topic)
    }

    return Topics.of({
      enter: (chatId, topic) => {
        if (topic === undefined) return {}
        make(chatId, topic)
        return threadOf(topic)
      },
      setClosed: (chatId, topic = general, closed) => {
        make(chatId, topic)
        close.run(closed ? 1 : 0, chatId, topic)
      },
      shown: (chat) => (isForum(chat.id) ? { ...chat, is_forum: true } : chat),
      forBot: ({ id, type }, thread = 0) => {
        if (!isForum(id) && (type !== "private" || thread === 0)) return Effect.succeed({})
        const closed = isClosed(id, thread === 0 ? general : thread)
        if (closed === undefined || thread === general) return badRequest("message thread not found")
        return closed ? badRequest("TOPIC_CLOSED") : Effect.succeed(threadOf(thread))
      },
    })
  }),
)

const threadOf = (topic: number): Thread =>
  topic === 0 || topic === general ? {} : { message_thread_id: topic, is_topic_message: true }
