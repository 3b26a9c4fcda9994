import { brand, languageName } from "../lib/brand.js"
import { start } from "./words.js"

const { foreign, noLanguage, people, somebody } = start

const stranger = foreign.find(({ code }) => brand.languages.every((language) => language.code !== code))

/** What a visitor's Telegram may speak: the bot's languages, and one that it has no words in. */
export const languages = [
  ...brand.languages.map(({ code, name }) => ({ code, name, person: people[code] ?? somebody, note: "" })),
  ...(stranger === undefined
    ? []
    : [{ ...stranger, person: people[stranger.code] ?? somebody, note: noteOf(stranger.code) }]),
]

/** @param {string} code */
function noteOf(code) {
  return noLanguage.replace("{missing}", languageName(code)).replace("{fallback}", languageName(brand.fallback))
}
