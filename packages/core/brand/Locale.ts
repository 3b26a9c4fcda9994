import type { BrandValue } from "./Brand.ts"

/** A language that a brand speaks: the first subtag of a BCP 47 tag, such as `en`. */
export type Locale = string

/** The first subtag decides (`es-MX` is Spanish); whatever the brand has no copy for is served in its first language. */
export const localeOf = ({ fallback, languages }: BrandValue, languageCode: string | undefined): Locale => {
  const language = languageCode?.toLowerCase().split(/[-_]/, 1)[0]
  return language !== undefined && Object.hasOwn(languages, language) ? language : fallback
}
