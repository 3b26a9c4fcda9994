import * as Schema from "effect/Schema"

export const Locale = Schema.Literals(["en", "es"])
export type Locale = typeof Locale.Type

export const locales = Locale.literals

/** The first subtag decides (`es-MX` is Spanish); whatever we have no copy for is served in English. */
export const localeOf = (languageCode: string | undefined): Locale => {
  const language = languageCode?.toLowerCase().split(/[-_]/, 1)[0]
  return locales.find((locale) => locale === language) ?? "en"
}
