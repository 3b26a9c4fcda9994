import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { Database } from "./Database.ts"
import { type BotApiError, badRequest, forbidden } from "./errors.ts"
import { Chat, User } from "./model.ts"

/** What is told of a person; what is left out stays as it was. */
export const Profile = Schema.Struct({
  first_name: Schema.optionalKey(Schema.NonEmptyString),
  last_name: Schema.optionalKey(Schema.String),
  username: Schema.optionalKey(Schema.String),
  language_code: Schema.optionalKey(Schema.String),
})
export type Profile = typeof Profile.Type

interface Known {
  readonly chat: Chat
  /** False once the person has blocked the bot, or it was removed from the group. */
  readonly member: boolean
}

const decodeUser = Schema.decodeUnknownSync(Schema.fromJsonString(User))
const decodeChat = Schema.decodeUnknownSync(Schema.fromJsonString(Chat))

/** The people and the chats that the bot may write to. */
export class Chats extends Context.Service<
  Chats,
  {
    /** Somebody who did something, as they are from now on. */
    meet(personId: number, profile?: Profile): User
    /** The chat that they did it in, which thereby exists. */
    enter(chatId: number, person: User): Chat
    knows(chatId: number): boolean
    /** Also that of somebody who has blocked the bot. */
    get(chatId: number): Effect.Effect<Chat, BotApiError>
    isMember(chatId: number): boolean
    setMember(chatId: number, member: boolean): void
    /** The chat that the bot wants to write to, if it may. */
    forBot(chatId: number | string): Effect.Effect<Chat, BotApiError>
  }
>()("@concierge/local/telegram/Chats") {}

export const layer = Layer.effect(
  Chats,
  Effect.gen(function* () {
    const { sqlite } = yield* Database
    const readPerson = sqlite.prepare("SELECT json FROM people WHERE id = ?")
    const writePerson = sqlite.prepare("INSERT OR REPLACE INTO people (id, json) VALUES (?, ?)")
    const readChat = sqlite.prepare("SELECT json, member FROM chats WHERE id = ?")
    const writeChat = sqlite.prepare("INSERT OR REPLACE INTO chats (id, json, member) VALUES (?, ?, ?)")
    const people = makeCache<User>()
    const chats = makeCache<Known>()

    const person = (id: number): User | undefined => {
      const row = people.has(id) ? undefined : readPerson.get(id)
      if (row !== undefined) people.set(id, decodeUser(row.json))
      return people.get(id)
    }

    const known = (id: number): Known | undefined => {
      const row = chats.has(id) ? undefined : readChat.get(id)
      if (row !== undefined) chats.set(id, { chat: decodeChat(row.json), member: row.member === 1 })
      return chats.get(id)
    }

    const keep = (chat: Chat, member: boolean): void => {
      chats.set(chat.id, { chat, member })
      writeChat.run(chat.id, JSON.stringify(chat), member ? 1 : 0)
    }

    return Chats.of({
      meet: (id, profile) => {
        const before = person(id)
        if (before !== undefined && profile === undefined) return before
        const after = { ...visitor(id), ...before, ...profile }
        people.set(id, after)
        writePerson.run(id, JSON.stringify(after))
        return after
      },
      enter: (id, from) => {
        const before = known(id)
        const chat = chatOf(id, from)
        if (before === undefined || !sameNames(before.chat, chat)) keep(chat, before?.member ?? true)
        return chat
      },
      knows: (id) => known(id) !== undefined,
      get: (id) => {
        const found = known(id)
        return found === undefined ? badRequest("chat not found") : Effect.succeed(found.chat)
      },
      isMember: (id) => known(id)?.member ?? false,
      setMember: (id, member) => {
        const before = known(id)
        if (before !== undefined && before.member !== member) keep(before.chat, member)
      },
      forBot: (chatId) => {
        const id = Number(chatId)
        if (chatId === "") return badRequest("chat_id is empty")
        const found = known(id)
        if (found?.member === true) return Effect.succeed(found.chat)
        if (found === undefined) {
          // A bot knows people it met in groups, and still may not be the first to write.
          return person(id) === undefined
            ? badRequest("chat not found")
            : forbidden("bot can't initiate conversation with a user")
        }
        return forbidden(id > 0 ? "bot was blocked by the user" : "bot was kicked from the group chat")
      },
    })
  }),
)

/** As many as a load test writes to at a time. */
const cached = 20_000

/** Those asked for lately; the disk knows the others. */
const makeCache = <A>() => {
  const map = new Map<number, A>()
  return {
    get: (id: number) => map.get(id),
    has: (id: number) => map.has(id),
    set: (id: number, value: A) => {
      if (map.size >= cached) map.clear()
      map.set(id, value)
    },
  }
}

const visitor = (id: number): User => ({ id, is_bot: false, first_name: "Visitor", language_code: "en" })

const chatOf = (id: number, person: User): Chat => {
  if (id < 0) return { id, type: id < -1_000_000_000_000 ? "supergroup" : "group", title: `Group ${-id}` }
  const { first_name, last_name, username } = person
  return {
    id,
    type: "private",
    first_name,
    ...(last_name !== undefined && { last_name }),
    ...(username !== undefined && { username }),
  }
}

const sameNames = (one: Chat, other: Chat): boolean =>
  one.first_name === other.first_name && one.last_name === other.last_name && one.username === other.username
