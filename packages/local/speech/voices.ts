import type { Locale } from "@concierge/core/brand/Locale.ts"

/** espeak's name of the voice that speaks each language. */
export const voices: Record<Locale, string> = { en: "en-us", es: "es" }
