import type { Json } from "effect/Schema"
import type { BrandValue } from "../brand/Brand.ts"
import { type Locale, localeOf } from "../brand/Locale.ts"
import { fromTelegram, type Iso } from "../Time.ts"
import type { CallbackQuery, ChatMemberUpdated, Person, ReceivedMessage, Update } from "../updates/Update.ts"
import { type Command, commandOf } from "./Command.ts"
import { type Pressed, pressedOf } from "./Pressed.ts"

/** What somebody did, whichever kind of update told us. */
export type Trigger =
  | { readonly _tag: "Start"; readonly payload: string }
  | { readonly _tag: "Restart" }
  | { readonly _tag: "Menu" }
  | { readonly _tag: "Help" }
  | { readonly _tag: "Language" }
  | { readonly _tag: "ForgetMe" }
  | { readonly _tag: "Button"; readonly button: Pressed | undefined; readonly queryId: string; readonly shownAt?: Iso }
  | { readonly _tag: "Text" }
  | { readonly _tag: "Edited" }
  | { readonly _tag: "Membership"; readonly blocked: boolean }

/** Something a person did in their private chat with the bot. */
export interface Action {
  readonly _tag: "Action"
  readonly person: Person
  readonly trigger: Trigger
  /** Telegram's clock; a tap has no time of its own, so it has the time we received it. */
  readonly at: Iso
  /** The topic of the chat that it was done in. */
  readonly topic?: number
}

/** A /start that names this bot, in a group. */
export interface GroupStart {
  readonly _tag: "GroupStart"
  readonly chatId: number
  readonly topic?: number
  readonly payload: string
  readonly locale: Locale
}

export type Incoming =
  | Action
  | GroupStart
  | { readonly _tag: "Nothing"; readonly why: "group" | "bot" | "unused kind"; readonly queryId?: string }

export interface Reader {
  readonly brand: BrandValue
  readonly receivedAt: Iso
  /** Tells whether a command that names a bot names this one. */
  readonly isOurs: (command: Command) => boolean
}

export const incomingOf = (update: Update, reader: Reader): Incoming => {
  if (isOfBot(update)) return { _tag: "Nothing", why: "bot", ...queryOf(update) }
  if ("callback_query" in update) return ofCallback(update.callback_query, reader)
  if ("my_chat_member" in update) return ofMembership(update.my_chat_member)
  if ("edited_message" in update) return ofMessage(update.edited_message, edited, { ...reader, isOurs: nobodys })
  return ofMessage(update.message, triggerOf, reader)
}

/** The bot a command of this update is addressed to, if it names one. */
export const addresseeOf = (update: Update): string | undefined =>
  "message" in update ? commandIn(update.message)?.addressee : undefined

/** Whoever did it is a bot: no kind of update makes a person of one. */
const isOfBot = (update: Update): boolean => {
  if ("callback_query" in update) return update.callback_query.from.is_bot === true
  if ("my_chat_member" in update) return update.my_chat_member.from.is_bot === true
  const { from, sender_chat } = "message" in update ? update.message : update.edited_message
  // Who writes in a group's or a channel's name is shown as a bot of Telegram's.
  return from?.is_bot === true && sender_chat === undefined
}

const queryOf = (update: Update) => ("callback_query" in update ? { queryId: update.callback_query.id } : {})

/** Commands count where they were written: forwarded, or picked from another bot's results, they are somebody else's. */
const commandIn = ({ forward_date, forward_origin, text = "", via_bot }: ReceivedMessage): Command | undefined =>
  forward_origin === undefined && forward_date === undefined && via_bot === undefined ? commandOf(text) : undefined

/** The decoded fields, as they are kept with the event. */
export const payloadOf = (update: Update): Readonly<Record<string, Json>> => {
  if ("callback_query" in update) return update.callback_query
  if ("my_chat_member" in update) return update.my_chat_member
  return "message" in update ? update.message : update.edited_message
}

/** `start`, `play_audio`, `text` …: the name under which the event is kept. */
export const nameOf = (trigger: Trigger): string => {
  if (trigger._tag !== "Button") return snake(trigger._tag)
  const { button } = trigger
  return button?._tag === "Step" ? button.data : snake(button?._tag ?? "UnknownButton")
}

const snake = (tag: string): string => tag.replace(/(?<!^)[A-Z]/g, "_$&").toLowerCase()

const edited = (): Trigger => ({ _tag: "Edited" })

/** An edit is a command to nobody. */
const nobodys = (): boolean => false

/** A group's id is negative. */
const isPrivate = ({ id, type }: ReceivedMessage["chat"], person?: Person): boolean =>
  type === undefined ? (person === undefined ? id > 0 : id === person.id) : type === "private"

const topicOf = ({
  is_topic_message,
  message_thread_id,
}: Pick<ReceivedMessage, "is_topic_message" | "message_thread_id">) =>
  is_topic_message === true && message_thread_id !== undefined ? { topic: message_thread_id } : {}

const ofMessage = (
  message: ReceivedMessage,
  trigger: (command: Command | undefined) => Trigger,
  { brand, isOurs }: Reader,
): Incoming => {
  const { chat, from } = message
  const written = commandIn(message)
  const command = written !== undefined && isOurs(written) ? written : undefined
  if (isPrivate(chat, from)) {
    // A private chat has its person's id, so that they are known where the message does not say who wrote it.
    const person = from ?? { id: chat.id }
    const at = fromTelegram(message.date)
    return { _tag: "Action", person, trigger: trigger(command), at, ...topicOf(message) }
  }
  // Groups hold other bots too: only a /start that names us is meant for us.
  if (from !== undefined && command?.name === "start" && command.addressee !== undefined) {
    const locale = localeOf(brand, from.language_code)
    return { _tag: "GroupStart", chatId: chat.id, payload: command.argument, locale, ...topicOf(message) }
  }
  return { _tag: "Nothing", why: "group" }
}

const triggerOf = (command: Command | undefined): Trigger => {
  switch (command?.name) {
    case "start":
      return { _tag: "Start", payload: command.argument }
    case "restart":
      return { _tag: "Restart" }
    case "menu":
      return { _tag: "Menu" }
    case "help":
      return { _tag: "Help" }
    case "language":
      return { _tag: "Language" }
    case "forgetme":
      return { _tag: "ForgetMe" }
    default:
      return { _tag: "Text" }
  }
}

const ofCallback = (query: CallbackQuery, { brand, receivedAt }: Reader): Incoming => {
  const { data = "", from, id, message } = query
  if (message !== undefined && !isPrivate(message.chat, from)) return { _tag: "Nothing", why: "group", queryId: id }
  return {
    _tag: "Action",
    person: from,
    trigger: {
      _tag: "Button",
      button: pressedOf(brand, data),
      queryId: id,
      ...(message?.date !== undefined && { shownAt: fromTelegram(message.date) }),
    },
    at: receivedAt,
    ...(message !== undefined && topicOf(message)),
  }
}

const ofMembership = (change: ChatMemberUpdated): Incoming =>
  isPrivate(change.chat, change.from)
    ? {
        _tag: "Action",
        person: change.from,
        trigger: { _tag: "Membership", blocked: change.new_chat_member.status === "kicked" },
        at: fromTelegram(change.date),
      }
    : { _tag: "Nothing", why: "group" }
