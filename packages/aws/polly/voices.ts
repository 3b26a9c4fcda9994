import type { Locale } from "@concierge/core/brand/Locale.ts"

/** Polly's neural voices that speak each language, unless configured otherwise. */
export const defaultVoices: Readonly<Record<Locale, string>> = { en: "Matthew", es: "Lucia" }
