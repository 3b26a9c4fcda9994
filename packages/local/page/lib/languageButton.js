import { words } from "../words/words.js"
import { h, hidden } from "./dom.js"
import { speak } from "./language.js"

/** The page in the other language. */
export const languageButton = () => {
  const { code, name } = words.other
  return h(
    "button",
    { type: "button", class: "quiet language", lang: code, onclick: () => speak(code) },
    code.toUpperCase(),
    hidden(` ${name}`),
  )
}
