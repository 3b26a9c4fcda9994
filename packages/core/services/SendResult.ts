import type * as Duration from "effect/Duration"
import type { Iso } from "../Time.ts"

/** What became of one message, from the client of Telegram to the commit. */
export type SendResult =
  /** `degraded`: it was less than planned, e.g. the text of a greeting for its voice. */
  | { readonly _tag: "Sent"; readonly degraded: boolean; readonly begunAt: Iso; readonly sentAt: Iso }
  /** The person has blocked the bot, or their account is gone. */
  | { readonly _tag: "Blocked" }
  /** This chat will never take it. */
  | { readonly _tag: "Undeliverable" }
  /** So many of it may have arrived that no more is sent unasked. */
  | { readonly _tag: "Unseen" }
  | NotSent

/** To be tried again by a later copy of the update. */
export type NotSent =
  /** Telegram takes no message for this chat for so long. */
  | { readonly _tag: "Limited"; readonly wait: Duration.Duration }
  /** The voice has other names to speak first. */
  | { readonly _tag: "Crowded" }
  /** Too little is left of the invocation. */
  | { readonly _tag: "Late" }
  /** The bot's token is refused, or there is nothing to be had to send: so it is until somebody mends it. */
  | { readonly _tag: "Refused" }
  /** Telegram does not answer, and nothing was sent. */
  | { readonly _tag: "Down" }
  /** The person may have it, or not. */
  | { readonly _tag: "Unknown"; readonly begunAt: Iso }

const ended: ReadonlyArray<SendResult["_tag"]> = ["Sent", "Blocked", "Undeliverable", "Unseen"]

export const isNotSent = (result: SendResult): result is NotSent => !ended.includes(result._tag)
