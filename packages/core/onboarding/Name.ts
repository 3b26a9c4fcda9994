import * as Brand from "effect/Brand"
import { isPlain } from "../isPlain.ts"

/** Text in which nothing of somebody else's can act as markup: the only thing the catalogues let into a message. */
export type Html = Brand.Branded<string, "Html">

/** A name that a voice can read: Latin letters, spaces, hyphens and apostrophes. */
export type SpokenName = Brand.Branded<string, "SpokenName">

const html = Brand.nominal<Html>()
const spoken = Brand.nominal<SpokenName>()

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }

/** Telegram knows these four named entities and no others. */
export const escapeHtml = (text: string): Html => html(text.replace(/[&<>"]/g, (char) => entities[char] ?? char))

export const maxGraphemes = 64

/** In UTF-16 units: one grapheme can carry any number of combining marks. */
export const maxUnits = 256

/**
 * A person's name as it is shown in a message; undefined when there is nothing to see. Isolated, because a name in
 * Arabic would otherwise reorder the punctuation around it.
 */
export const displayName = (firstName: string | undefined, lastName?: string): Html | undefined => {
  const name = cleaned(`${firstName ?? ""} ${lastName ?? ""}`)
  const kept = truncated(name)
  return isVisible(kept) ? html(`\u2068${escapeHtml(kept === name ? name : `${kept}…`)}\u2069`) : undefined
}

const isVisible = (name: string): boolean =>
  isPlain(name) ? name !== "" : /[^\s\p{Default_Ignorable_Code_Point}\u2800]/u.test(name)

// A direction mark of the name's own could close our isolate and turn the rest of the message round.
const safe = (name: string): string =>
  name.toWellFormed().replace(/[[\p{Cc}\p{Bidi_Control}\p{Noncharacter_Code_Point}\uFEFF]--[\t\n\v\f\r]]/gv, "")

const cleaned = (name: string): string => (isPlain(name) ? name : safe(name)).replace(/\s+/g, " ").trim()

const truncated = (name: string): string => {
  // Almost every name ends here, and the first Segmenter of a process takes 13 ms.
  if (name.length <= maxGraphemes) return name
  let kept = ""
  let graphemes = 0
  for (const { segment } of new Intl.Segmenter("en", { granularity: "grapheme" }).segment(name)) {
    if (graphemes === maxGraphemes || kept.length + segment.length > maxUnits) break
    kept += segment
    graphemes += 1
  }
  return kept === "" ? name.slice(0, maxUnits).toWellFormed() : kept.trimEnd()
}

/** The speech is billed, and listened to, by the character. */
export const maxSpoken = 40

/**
 * As much of a name as is looked at, in UTF-16 units; Telegram's end at 64 characters. To sort combining marks takes
 * NFKC quadratic time: 8 s for an update's worth of them, one millisecond for so many.
 */
export const maxHeard = 1_024

/** A first name as it is spoken; undefined when nothing of it can be. `<b>Ana</b>` is Ana, but `<Ana>` is too. */
export const spokenName = (firstName: string | undefined): SpokenName | undefined => {
  const name = (firstName ?? "").slice(0, maxHeard)
  return latin(name.replace(/<[^<>]*>/g, " ")) ?? latin(name)
}

const latin = (text: string): SpokenName | undefined => {
  const quoted = text.replace(/[’‘ʼ＇`´]/g, "'")
  const found = isPlain(quoted) ? quoted.match(/[A-Za-z]+(?:['-][A-Za-z]+)*/g) : wordsIn(simplified(quoted))
  const name = found?.join(" ").slice(0, maxSpoken)
  return name === undefined ? undefined : spoken(name.replace(/[ '-]$/, ""))
}

// Within the first 65,536 characters, so that cutting at 40 cannot halve one; the rest are for phoneticians.
const wordsIn = (text: string): RegExpMatchArray | null => {
  const letters = String.raw`[\p{L}&&\p{Script=Latin}&&[\0-\uFFFF]]+`
  return text.match(new RegExp(`${letters}(?:['\\-]${letters})*`, "gv"))
}

const simplified = (text: string): string =>
  text
    .replace(/\p{Pd}/gu, "-")
    .replace(/\p{Default_Ignorable_Code_Point}/gu, "")
    // Letters drawn as mathematical signs are letters again; marks that no letter has are dropped.
    .normalize("NFKC")
    .replace(/\p{M}/gu, "")
