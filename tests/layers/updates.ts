import { type UserId, userIdOf } from "@concierge/core/ids.ts"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"

/** Beyond 31 bits, as ids are by now. */
let updates = 5_000_000_000
let people = 7_000_000_000

const nextUpdate = (): number => updates++

const nowInSeconds = Effect.map(Clock.currentTimeMillis, (now) => Math.floor(now / 1000))

export interface Person {
  readonly id: number
  readonly is_bot?: boolean
  readonly first_name?: string
  readonly last_name?: string
  readonly username?: string
  readonly language_code?: string
}

/** Somebody whom no other test knows. */
export const somebody = (change: Omit<Person, "id"> = {}): Person => ({
  id: people++,
  is_bot: false,
  first_name: "Ana",
  username: "ana_garcia",
  language_code: "en",
  ...change,
})

export const userIdOfPerson = ({ id }: Person): UserId => userIdOf(id)

const chatOf = ({ first_name = "", id }: Person) => ({ id, type: "private", first_name })

/** What may differ from an update that comes about now. */
interface Change {
  readonly updateId?: number
  /** Seconds since 1970; now, unless given. */
  readonly date?: number
}

const messageOf = (person: Person, text: string | undefined, date: number) => ({
  message_id: 17,
  date,
  from: person,
  chat: chatOf(person),
  ...(text === undefined ? { sticker: { file_id: "sticker", emoji: "👋" } } : { text }),
  ...(text?.startsWith("/") && { entities: [{ type: "bot_command", offset: 0, length: text.split(/\s/)[0]?.length }] }),
})

/** A text, or without one a sticker, in the private chat. */
export const says = (person: Person, text?: string, { date, updateId = nextUpdate() }: Change = {}) =>
  Effect.map(nowInSeconds, (now) => ({ update_id: updateId, message: messageOf(person, text, date ?? now) }))

export const edits = (person: Person, text: string, { date, updateId = nextUpdate() }: Change = {}) =>
  Effect.map(nowInSeconds, (now) => ({
    update_id: updateId,
    edited_message: { ...messageOf(person, text, date ?? now), edit_date: now },
  }))

/** Presses a button under one of the bot's messages. */
export const taps = (person: Person, data: string, { updateId = nextUpdate() }: Change = {}) =>
  Effect.map(nowInSeconds, (now) => ({
    update_id: updateId,
    callback_query: {
      id: `query-${updateId}`,
      from: person,
      chat_instance: "-42",
      data,
      message: { message_id: 18, date: now, chat: chatOf(person), from: { id: 4242, is_bot: true } },
    },
  }))

const changesMembership =
  (from: string, to: string) =>
  (person: Person, change: Change = {}) =>
    Effect.map(nowInSeconds, (now) => ({
      update_id: change.updateId ?? nextUpdate(),
      my_chat_member: {
        date: change.date ?? now,
        from: person,
        chat: chatOf(person),
        old_chat_member: { user: { id: 4242, is_bot: true }, status: from },
        new_chat_member: { user: { id: 4242, is_bot: true }, status: to },
      },
    }))

export const blocks = changesMembership("member", "kicked")
export const unblocks = changesMembership("kicked", "member")

let groups = -1_001_000_000_000

export const someGroup = (): number => groups--

export const saysInGroup = (person: Person, group: number, text: string, { updateId = nextUpdate() }: Change = {}) =>
  Effect.map(nowInSeconds, (now) => ({
    update_id: updateId,
    message: { ...messageOf(person, text, now), chat: { id: group, type: "supergroup", title: "A group" } },
  }))

export const tapsInGroup = (person: Person, group: number, data: string) =>
  Effect.map(taps(person, data), ({ callback_query, update_id }) => ({
    update_id,
    callback_query: {
      ...callback_query,
      message: { ...callback_query.message, chat: { id: group, type: "supergroup", title: "A group" } },
    },
  }))

/** An update of a kind that onboarding does not use. */
export const ofKind = (kind: string, content: object = {}) =>
  Effect.sync(() => ({ update_id: nextUpdate(), [kind]: content }))
