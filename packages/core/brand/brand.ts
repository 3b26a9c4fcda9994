import { forgetWindow } from "../delivery/times.ts"
import { escapeHtml } from "../onboarding/Name.ts"
import type { Locale } from "./Locale.ts"

/** What makes the bot a brand's own. The words are in the catalogues. */
export const brand = {
  name: "Concierge",
  /** A new video is a new version: remembered `file_id`s belong to the old one. */
  welcomeVideo: "v1",
} as const

/** For messages: a brand may well be called "Smith & Sons". */
export const brandName = escapeHtml(brand.name)

export const welcomeVideoKey = (locale: Locale): string => `media/welcome/${brand.welcomeVideo}/welcome_${locale}.mp4`

/** Days for which something of a person who asked to be forgotten is still held: what we tell them must be so. */
export const retentionDays = {
  logs: 14,
  deadLetters: 14,
  /** Point-in-time recovery of the tables. */
  backups: 35,
  /** The hash that makes updates queued before the deletion be ignored. */
  tombstone: 19,
  /** The voice saying a first name, kept once for everybody who has it. */
  greetings: 365,
} as const

/** Minutes for which the button that deletes may be pressed. */
export const forgetMinutes = forgetWindow / 60_000
