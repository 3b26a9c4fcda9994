import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { type Act, BadAct } from "./act.ts"
import { Chats } from "./Chats.ts"
import { Database } from "./Database.ts"
import { Delivery } from "./Delivery.ts"
import { detected } from "./entities/detected.ts"
import { Messages } from "./Messages.ts"
import type { Chat, Message, User } from "./model.ts"
import { botOf, Options } from "./Options.ts"
import { Polling } from "./Polling.ts"
import { Taps } from "./Taps.ts"
import { Topics } from "./Topics.ts"
import { type Update, Updates } from "./Updates.ts"
import { Webhook } from "./Webhook.ts"

interface Happening {
  readonly kind: string
  readonly payload: object
  readonly queue: string
}

/** The people: what they do becomes updates for the bot. */
export class Person extends Context.Service<
  Person,
  {
    /** The update's id. It is given even when the bot asked not to be told. */
    act(act: Act): Effect.Effect<number, BadAct>
    /** An update of any kind and content. */
    update(kind: string, payload: object, queue: string): Effect.Effect<number>
  }
>()("@concierge/local/telegram/Person") {}

export const layer = Layer.effect(
  Person,
  Effect.gen(function* () {
    const { transact } = yield* Database
    const [chats, messages, taps, updates] = [yield* Chats, yield* Messages, yield* Taps, yield* Updates]
    const [webhook, delivery, polling] = [yield* Webhook, yield* Delivery, yield* Polling]
    const topics = yield* Topics
    const bot = botOf(yield* Options)

    /** Message and update are on the disk together, before anybody is told. */
    const happen = (now: number, make: () => Happening, told = true): number => {
      const id = updates.nextId()
      const update = transact((): Update | undefined => {
        const { kind, payload, queue } = make()
        return told && webhook.wants(kind) ? updates.add(id, kind, payload, queue, now) : undefined
      })
      if (update !== undefined) {
        delivery.offer(update)
        polling.wake()
      }
      return id
    }

    const placed = (chat: Chat, topic: number | undefined) => {
      const thread = topics.enter(chat.id, topic)
      return { chat: topics.shown(chat), ...thread }
    }

    const written = (chat: Chat, from: User, text: string, topic: number | undefined, now: number): Happening => {
      // Whoever writes to a bot that they had blocked has thereby started it again.
      if (chat.type === "private") chats.setMember(chat.id, true)
      const message: Message = {
        message_id: messages.nextId(),
        from,
        ...placed(chat, topic),
        date: Math.floor(now / 1000),
        ...textOf(text),
      }
      messages.add(message, "person")
      return { kind: "message", payload: message, queue: `chat ${chat.id}` }
    }

    const edited = (before: Message, text: string, now: number): Happening => {
      const { entities: _before, ...rest } = before
      const message = { ...rest, ...textOf(text), edit_date: Math.floor(now / 1000) }
      messages.replace(message)
      return { kind: "edited_message", payload: message, queue: `chat ${before.chat.id}` }
    }

    const tapped = (chat: Chat, from: User, data: string, messageId: number | undefined, now: number): Happening => {
      const message =
        messageId === undefined ? messages.withButton(chat.id, data) : messages.get(chat.id, messageId)?.message
      const payload = {
        id: taps.add(chat.id, data, now),
        from,
        // A message that is gone is told of by its id, with date 0.
        message: message ?? { chat, message_id: messageId ?? 0, date: 0 },
        chat_instance: String(chat.id),
        data,
      }
      return { kind: "callback_query", payload, queue: `user ${from.id}` }
    }

    const changed = (chat: Chat, from: User, membership: "kicked" | "member", now: number): Happening => {
      const was = chats.isMember(chat.id)
      chats.setMember(chat.id, membership === "member")
      const payload = {
        chat,
        from,
        date: Math.floor(now / 1000),
        old_chat_member: { user: bot, ...standing(was ? "member" : "kicked") },
        new_chat_member: { user: bot, ...standing(membership) },
      }
      return { kind: "my_chat_member", payload, queue: `member ${chat.id}` }
    }

    /** Telegram tells of it by a message that has no text. */
    const closed = (chat: Chat, from: User, topic: number | undefined, isClosed: boolean, now: number): Happening => {
      topics.setClosed(chat.id, topic, isClosed)
      const message: Message = {
        message_id: messages.nextId(),
        from,
        ...placed(chat, topic),
        date: Math.floor(now / 1000),
        ...(isClosed ? { forum_topic_closed: {} } : { forum_topic_reopened: {} }),
      }
      messages.add(message, "person")
      return { kind: "message", payload: message, queue: `chat ${chat.id}` }
    }

    const act = Effect.fnUntraced(function* (act: Act) {
      const personId = act.fromId ?? act.chatId
      if (personId <= 0) return yield* new BadAct({ problem: "a group (chatId < 0) needs fromId" })
      if (act.chatId > 0 && personId !== act.chatId) {
        return yield* new BadAct({ problem: "a private chat has the id of its person" })
      }
      const now = yield* Clock.currentTimeMillis
      if (("topic" in act || "topicClosed" in act) && act.chatId < 0 && act.chatId > -1_000_000_000_000) {
        return yield* new BadAct({ problem: "only a supergroup (chatId < -1000000000000) has topics" })
      }
      const from = chats.meet(personId, act.from)
      const chat = chats.enter(act.chatId, from)
      // Of what is written in a group a bot hears nothing once it was removed from it.
      const told = chat.type === "private" || chats.isMember(chat.id)
      if ("text" in act) return happen(now, () => written(chat, from, act.text, act.topic, now), told)
      if ("topicClosed" in act) return happen(now, () => closed(chat, from, act.topic, act.topicClosed, now))
      if ("callbackData" in act) return happen(now, () => tapped(chat, from, act.callbackData, act.messageId, now))
      if ("membership" in act) return happen(now, () => changed(chat, from, act.membership, now))
      const before =
        act.messageId === undefined ? messages.lastOfPerson(chat.id) : messages.get(chat.id, act.messageId)?.message
      if (before === undefined) return yield* new BadAct({ problem: "there is no message to edit" })
      return happen(now, () => edited(before, act.editedText, now))
    })

    return Person.of({
      act,
      update: (kind, payload, queue) =>
        Effect.map(Clock.currentTimeMillis, (now) => happen(now, () => ({ kind, payload, queue }))),
    })
  }),
)

const textOf = (text: string) => {
  const { entities } = detected({ text, entities: [] })
  return { text, ...(entities.length > 0 && { entities }) }
}

const standing = (status: "kicked" | "member") => (status === "kicked" ? { status, until_date: 0 } : { status })
