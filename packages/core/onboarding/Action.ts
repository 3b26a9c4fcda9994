import type { Json } from "effect/Schema"
import type { BrandValue } from "../brand/Brand.ts"
import { type Locale, localeOf } from "../brand/Locale.ts"
import { fromTelegram, type Iso } from "../Time.ts"
import type { CallbackQuery, ChatMemberUpdated, Message, Person, Update } from "../updates/Update.ts"
import { type Button, buttonOf } from "./Button.ts"
import { type Command, commandOf } from "./Command.ts"

/** What somebody did, whichever kind of update told us. */
export type Trigger =
  | { readonly _tag: "Start"; readonly payload: string }
  | { readonly _tag: "Restart" }
  | { readonly _tag: "Menu" }
  | { readonly _tag: "Help" }
  | { readonly _tag: "Language" }
  | { readonly _tag: "ForgetMe" }
  | { readonly _tag: "Button"; readonly button: Button | undefined; readonly queryId: string; readonly shownAt?: Iso }
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
}

export type Incoming =
  | Action
  | { readonly _tag: "GroupStart"; readonly chatId: number; readonly payload: string; readonly locale: Locale }
  | { readonly _tag: "Nothing"; readonly why: "group" | "bot" | "unused kind"; readonly queryId?: string }

export interface Reader {
  readonly brand: BrandValue
  readonly receivedAt: Iso
  /** Tells whether a command that names a bot names this one. */
  readonly isOurs: (command: Command) => boolean
}

export const incomingOf = (update: Update, reader: Reader): Incoming => {
  if ("callback_query" in update) return ofCallback(update.callback_query, reader)
  if ("my_chat_member" in update) return ofMembership(update.my_chat_member)
  if ("edited_message" in update) return ofMessage(update.edited_message, edited, { ...reader, isOurs: nobodys })
  return ofMessage(update.message, triggerOf, reader)
}

/** The bot a command of this update is addressed to, if it names one. */
export const addresseeOf = (update: Update): string | undefined =>
  "message" in update ? commandOf(update.message.text ?? "")?.addressee : undefined

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

const isPrivate = (chat: Message["chat"], person: Person): boolean =>
  chat.type === undefined ? chat.id === person.id : chat.type === "private"

const ofMessage = (
  message: Message,
  trigger: (text: string, isOurs: (command: Command) => boolean) => Trigger,
  { brand, isOurs }: Reader,
): Incoming => {
  const { chat, from } = message
  if (from === undefined) return { _tag: "Nothing", why: "group" }
  if (isPrivate(chat, from)) {
    if (from.is_bot === true) return { _tag: "Nothing", why: "bot" }
    return {
      _tag: "Action",
      person: from,
      trigger: trigger(message.text ?? "", isOurs),
      at: fromTelegram(message.date),
    }
  }
  const command = commandOf(message.text ?? "")
  // Groups hold other bots too: only a /start that names us is meant for us.
  if (command?.name === "start" && command.addressee !== undefined && isOurs(command)) {
    const locale = localeOf(brand, from.language_code)
    return { _tag: "GroupStart", chatId: chat.id, payload: command.argument, locale }
  }
  return { _tag: "Nothing", why: "group" }
}

const triggerOf = (text: string, isOurs: (command: Command) => boolean): Trigger => {
  const command = commandOf(text)
  if (command === undefined || !isOurs(command)) return { _tag: "Text" }
  switch (command.name) {
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
  if (query.message !== undefined && !isPrivate(query.message.chat, query.from)) {
    return { _tag: "Nothing", why: "group", queryId: query.id }
  }
  return {
    _tag: "Action",
    person: query.from,
    trigger: {
      _tag: "Button",
      button: buttonOf(brand, query.data ?? ""),
      queryId: query.id,
      ...(query.message?.date !== undefined && { shownAt: fromTelegram(query.message.date) }),
    },
    at: receivedAt,
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
