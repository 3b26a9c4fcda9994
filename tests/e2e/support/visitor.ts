import type { Event } from "@concierge/core/updates/Event.ts"
import * as Effect from "effect/Effect"
import type { Message } from "../../../packages/local/telegram/model.ts"
import { Host } from "./Host.ts"

/** What an act came to: its event, and what the bot sent meanwhile into the chat. */
export interface Came {
  readonly event: Event
  readonly messages: ReadonlyArray<Message>
}

/** Somebody with the bot open in their Telegram. */
export const visitor = (chatId: number, from: object = { first_name: "Ana" }) => {
  const act = Effect.fnUntraced(function* (what: object) {
    const host = yield* Host
    const before = (yield* host.messages(chatId)).length
    const event = yield* host.outcome(yield* host.send({ chatId, from, ...what }))
    return { event, messages: (yield* host.messages(chatId)).slice(before) } satisfies Came
  })
  return {
    says: (text: string) => act({ text }),
    taps: (callbackData: string) => act({ callbackData }),
    edits: (editedText: string) => act({ editedText }),
    becomes: (membership: "kicked" | "member") => act({ membership }),
    stored: Host.use((host) => host.user(chatId)),
  }
}

/** What a message says, wherever Telegram puts it. */
export const wordsOf = (message: Message | undefined): string => message?.text ?? message?.caption ?? ""

/** What the buttons of a message carry. */
export const buttonsOf = (message: Message | undefined): ReadonlyArray<string> =>
  (message?.reply_markup?.inline_keyboard ?? []).flat().map((button) => button.callback_data ?? button.url ?? "")
