import type { Html, SpokenName } from "../onboarding/Name.ts"
import type { State, Step } from "../onboarding/User.ts"
import { en } from "./en.ts"
import { es } from "./es.ts"
import { type Locale, locales } from "./Locale.ts"

/** In the order in which Telegram lists them. */
export const commandNames = ["start", "menu", "language", "restart", "help", "forgetme"] as const
export type CommandName = (typeof commandNames)[number]

/** A message in Telegram's HTML that may address a person by their name (`displayName`). */
type Addressed = (name?: Html) => string

/**
 * Every word a person reads or hears in one language. Messages are Telegram's HTML; buttons, toasts, commands and what
 * is spoken are plain text.
 */
export interface Catalogue {
  /** The button that leads to each step. */
  readonly buttons: Readonly<Record<Step, string>>
  readonly video: {
    readonly caption: Addressed
    /** In place of the video, when there is no way of sending it. */
    readonly link: (url: Html) => string
  }
  readonly greeting: {
    readonly spoken: (name?: SpokenName) => string
    readonly caption: Addressed
    /** In place of the voice, when it is down. */
    readonly written: Addressed
  }
  readonly finish: Addressed
  /** In answer to any other text, with the button of the step that is due. */
  readonly hints: Readonly<Record<State, string>>
  /** A second /start within seconds: all it says is where the button is. */
  readonly again: string
  /** To somebody we do not know, who asks for more than a /start. */
  readonly startFirst: string
  readonly menu: {
    readonly text: string
    readonly video: string
    readonly greeting: string
    readonly language: string
    readonly restart: string
  }
  readonly help: string
  readonly language: { readonly question: string; readonly chosen: string }
  /** Its half of `restarted`. */
  readonly restarted: string
  readonly forget: {
    readonly question: string
    readonly yes: string
    readonly no: string
    readonly kept: string
    /** The question was asked too long ago. */
    readonly expired: string
    readonly done: string
    readonly unknown: string
  }
  /** Shown over the chat in answer to a tap. */
  readonly toasts: { readonly finished: string }
  readonly group: { readonly text: string; readonly button: string }
  /** The campaign link is expired, disabled or unknown; onboarding goes on. */
  readonly linkGone: string
  readonly commands: Readonly<Record<CommandName, string>>
}

const catalogues: Readonly<Record<Locale, Catalogue>> = { en, es }

export const catalogue = (locale: Locale): Catalogue => catalogues[locale]

/** Each language in its own words, for whoever reads no other. */
export const languageNames: Readonly<Record<Locale, string>> = { en: "English", es: "Español" }

/** In every language at once: a /restart is also the way out of a language chosen by mistake. */
export const restarted = locales.map((locale) => catalogues[locale].restarted).join("\n\n")
