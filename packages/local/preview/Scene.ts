import type { Locale } from "@concierge/core/brand/Locale.ts"
import type { Content } from "@concierge/core/onboarding/Content.ts"

/** Whom a preview is for. */
export interface Who {
  readonly locale: Locale
  readonly firstName: string | undefined
}

/** What they get to see: a message, or a text that is none. */
export type Shown =
  | Content
  /** Over the chat, in answer to a tap; plain text of at most 200 characters. */
  | { readonly _tag: "Toast"; readonly text: string }
  /** The bot's menu of commands. */
  | { readonly _tag: "Commands"; readonly commands: ReadonlyArray<readonly [name: string, what: string]> }

/** One thing that the bot says, to anybody. */
export interface Scene {
  readonly group: string
  readonly title: string
  /** When it is said: the question's answers and the place that lead to it. */
  readonly when: Readonly<Record<string, string>>
  readonly shown: (who: Who) => Shown
}
