import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { Button } from "../onboarding/Content.ts"
import type { TelegramError } from "./TelegramError.ts"
import type { VideoShape } from "./VideoShape.ts"

/**
 * Where Telegram takes a file from. A video's thumbnail stays with the file and comes by upload alone; its cover belongs
 * to the message, and so goes with an id too.
 */
export type File =
  | ({ readonly _tag: "FileId" } & KnownFile)
  | { readonly _tag: "Url"; readonly url: string; readonly shape?: VideoShape; readonly cover?: string }
  | {
      readonly _tag: "Upload"
      readonly bytes: Uint8Array
      readonly name: string
      readonly contentType: string
      readonly shape?: VideoShape
      readonly pictures?: { readonly cover: Uint8Array; readonly thumbnail: Uint8Array }
    }

/** By which the same file can be sent again by this bot, and the cover that it had. */
export interface KnownFile {
  readonly fileId: string
  readonly cover?: string
}

/** A chat, or one topic of it. */
export interface Place {
  readonly chatId: number
  readonly topic?: number | undefined
}

export interface OutgoingMessage extends Place {
  /** HTML, escaped where it holds somebody's words. */
  readonly html: string
  /** One button a row. */
  readonly buttons?: ReadonlyArray<Button>
  readonly isProtected?: boolean
  /** Of an animation, by Telegram's id; private chats only. */
  readonly effect?: string
}

export interface Sent {
  readonly messageId: number
  readonly file?: KnownFile
}

export type ChatAction = "typing" | "record_voice" | "upload_video"

/** The Bot API methods that onboarding uses. A send is never repeated here: whether to is the protocol's decision. */
export class Telegram extends Context.Service<
  Telegram,
  {
    sendMessage(message: OutgoingMessage): Effect.Effect<Sent, TelegramError>
    sendVideo(message: OutgoingMessage, video: File): Effect.Effect<Sent, TelegramError>
    sendVoice(message: OutgoingMessage, voice: File): Effect.Effect<Sent, TelegramError>
    /** Shows for some five seconds what is under way. It changes nothing and may be repeated. */
    sendChatAction(place: Place, action: ChatAction): Effect.Effect<void, TelegramError>
    /** Stops the button's spinner; with a text, shows it as a toast. An expired query is a success. */
    answerCallback(queryId: string, text?: string): Effect.Effect<void, TelegramError>
    /** The bot's own username, without `@`; asked once. */
    readonly username: Effect.Effect<string, TelegramError>
  }
>()("@concierge/core/services/Telegram") {}
