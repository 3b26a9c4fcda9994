import { readBrand } from "./api.js"
import { language } from "./language.js"

/** Whose bot this is. Every module that shows something of the brand's waits for it here. */
export const brand = await readBrand()

document.title = brand.name
document.documentElement.style.setProperty("--brand", brand.look.accent)
document.documentElement.style.setProperty("--brand-on-dark", brand.look.accentOnDark)

const spoken = () => new Intl.DisplayNames(language, { type: "language" })

/** As the page speaks. @param {string} code */
export const languageName = (code) => spoken().of(code) ?? code

/** What the bot speaks to somebody with this language; as the bot itself decides it. @param {string} code */
export const spokenTo = (code) =>
  brand.languages.find((language) => language.code === code) ??
  brand.languages.find((language) => language.code === brand.fallback)
