// What the host answers, as far as the page reads it.

export interface Entity {
  readonly type: string
  /** UTF-16 code units, as JavaScript counts. */
  readonly offset: number
  readonly length: number
  readonly url?: string
}

export interface Button {
  readonly text: string
  readonly callback_data?: string
  readonly style?: string
  readonly copy_text?: { readonly text: string }
  readonly url?: string
}

export interface Media {
  readonly file_id: string
  readonly mime_type: string
  readonly file_name?: string
  readonly width?: number
  readonly height?: number
  /** Seconds. */
  readonly duration?: number
  readonly thumbnail?: Picture
  readonly cover?: ReadonlyArray<Picture>
}

export interface Picture {
  readonly file_id: string
}

export interface Message {
  readonly message_id: number
  readonly from?: { readonly id: number; readonly is_bot: boolean; readonly first_name: string }
  readonly chat?: { readonly id: number }
  /** Seconds since 1970. */
  readonly date: number
  readonly edit_date?: number
  readonly text?: string
  readonly entities?: ReadonlyArray<Entity>
  readonly caption?: string
  readonly caption_entities?: ReadonlyArray<Entity>
  readonly video?: Media
  readonly animation?: Media
  readonly voice?: Media
  readonly audio?: Media
  readonly document?: Media
  readonly has_protected_content?: true
  readonly effect_id?: string
  readonly reply_markup?: { readonly inline_keyboard: ReadonlyArray<ReadonlyArray<Button>> }
}

export interface Tap {
  readonly id: string
  readonly data: string
  readonly answer?: { readonly text?: string; readonly show_alert?: boolean }
}

/** One thing that the system did for an update; written when it ended. */
export interface Entry {
  readonly updateId: number
  /** Chat id as text. */
  readonly chat: string
  /** ISO 8601, when it began. */
  readonly at: string
  readonly what: string
  readonly millis: number
  readonly ok: boolean
  /** Why it failed: the name of the reason, and a number that goes with it. */
  readonly detail?: string
}

export interface StoredEvent {
  readonly eventType: string
  readonly outcome?: string
  readonly degraded?: boolean
  readonly ambiguous?: number
  readonly deliveries: number
  readonly payload?: {
    readonly text?: string
    readonly data?: string
    readonly new_chat_member?: { readonly status: string }
  }
}

export interface Command {
  readonly name: string
  readonly what: string
}

/** A state of the flow, and what it is to the person. */
export interface Place {
  /** Of the step that leads to it; none leads to the first. */
  readonly id?: string
  readonly kind?: "video" | "voice" | "message" | "question" | "finish"
  readonly state: string
  readonly is: "past" | "now" | "due" | "ahead" | "off"
}

export interface Brand {
  readonly id: string
  readonly name: string
  readonly bot: { readonly username: string; readonly name: string }
  readonly look: { readonly accent: string; readonly accentOnDark: string }
  readonly links: ReadonlyArray<{ readonly title: string; readonly hint: string; readonly payload: string }>
  /** For whoever speaks none of the languages. */
  readonly fallback: string
  readonly languages: ReadonlyArray<{
    readonly code: string
    readonly name: string
    readonly description: string
    readonly commands: ReadonlyArray<Command>
  }>
  /** As it is to somebody whom the bot does not know. */
  readonly way: ReadonlyArray<Place>
}

export interface User {
  readonly userId: string
  readonly firstName?: string
  readonly languageCode?: string
  readonly language?: string
  readonly state: string
  /** By the step's id. */
  readonly state_progress: Readonly<Record<string, { readonly state: string; readonly at: string }>>
  /** The choice's id by the question's. */
  readonly answers?: Readonly<Record<string, string>>
  readonly finished_at?: string
  readonly run: number
  readonly version: number
  readonly ref_code?: string
  readonly utm?: Readonly<Record<string, string>>
  readonly attributed_at?: string
  readonly blocked: boolean
  readonly recent: Readonly<Record<string, { readonly reached?: string; readonly outcome: string }>>
}

export type Counter = "accepted" | "applied" | "ignored" | "parked" | "dead" | "queued" | "sent"

export type Stats = Readonly<Record<Counter, number>>

/** What a person does: the body of `POST /sandbox/send`, without the person. */
export type Act =
  | { readonly text: string }
  | { readonly callbackData: string; readonly messageId: number }
  | { readonly editedText: string; readonly messageId: number }
  | { readonly membership: "kicked" | "member" }

/** Who sits at this browser; kept so that a reload goes on with the same chat. */
export interface Visitor {
  readonly chatId: number
  name: string
  language: string
  blocked: boolean
  /** The update that asked for it, 0 if none did. */
  forgottenBy: number
  /** Milliseconds since 1970 by update id: when the person did it. */
  sentAt: Record<string, number>
}

/** An update on its way through the system. */
export interface Update {
  readonly id: number
  /** Undefined: another tab did it, or this browser has forgotten. */
  sentAt?: number
  act?: Act
  entries: Array<Entry>
  /** The latest attempt has ended. */
  ended: boolean
  failed: boolean
  event?: StoredEvent
}

/** How the real bot stands with Telegram. */
export interface Standing {
  readonly is: "connecting" | "polling" | "in trouble"
  readonly since: string
  readonly why?: string
  readonly username?: string
}
