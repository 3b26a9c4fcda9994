import type { Locale } from "../../domain/Locale.ts"

/** Polly's neural voices that speak each language, unless configured otherwise. */
export const defaultVoices: Readonly<Record<Locale, string>> = { en: "Matthew", es: "Lucia" }
