import * as Context from "effect/Context"
import type { Flow } from "../onboarding/Flow.ts"
import type { Locale } from "./Locale.ts"
import type { Voice } from "./Voice.ts"
import type { Words } from "./Words.ts"

export interface Language<W = Words> {
  /** In its own words, for whoever reads no other. */
  readonly name: string
  readonly voice: Voice
  readonly words: W
}

/** A campaign's link as an example, for the page of the one-machine host. */
export interface SampleLink {
  readonly title: string
  readonly hint: string
  /** What stands after `?start=`; at most 64 of `[A-Za-z0-9_-]`. */
  readonly payload: string
}

/** How the brand looks where it is shown, as CSS colours `#rrggbb`. */
export interface Look {
  readonly accent: string
  readonly accentOnDark: string
  /** A big letter or emoji stands for the brand where there is no room for more. */
  readonly icon: string
}

/** All that is a brand's own, ready to use. */
export interface BrandValue {
  /** Its folder under `brands/`. */
  readonly id: string
  readonly name: string
  readonly site: string
  /** Of the bot in the stand-in Telegram. */
  readonly bot: { readonly username: string; readonly name: string }
  readonly look: Look
  readonly links: ReadonlyArray<SampleLink>
  readonly languages: Readonly<Record<Locale, Language>>
  /** For whoever speaks none of them: the first of them. */
  readonly fallback: Locale
  readonly flow: Flow
  /** Whether what its steps send can be neither forwarded nor saved. */
  readonly protectsContent?: boolean
}

export class Brand extends Context.Service<Brand, BrandValue>()("@concierge/core/brand/Brand") {}

export const localesOf = ({ languages }: BrandValue): ReadonlyArray<Locale> => Object.keys(languages)

export const isLocale = ({ languages }: BrandValue, locale: string): boolean => Object.hasOwn(languages, locale)

export const wordsOf = ({ fallback, languages }: BrandValue, locale: Locale): Words => {
  const { words } = languages[locale] ?? languages[fallback] ?? none()
  return words
}

export const voiceOf = ({ fallback, languages }: BrandValue, locale: Locale): Voice => {
  const { voice } = languages[locale] ?? languages[fallback] ?? none()
  return voice
}

const none = (): never => {
  throw new Error("a brand without a language: defineBrand lets none through")
}
