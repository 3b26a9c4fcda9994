import { displayWidth } from "effect/cli/CliOutput"

/** A text that is too wide keeps both its ends: names of one campaign often begin alike. */
export const shortened = (text: string, width: number): string => {
  const letters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment)
  let [shown, left] = [text, letters.length]
  while (displayWidth(shown) > width) {
    left -= 1
    shown = `${letters.slice(0, Math.ceil(left / 2)).join("")}…${letters.slice(letters.length - Math.floor(left / 2)).join("")}`
  }
  return shown
}
