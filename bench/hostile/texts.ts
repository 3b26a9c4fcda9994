/** What a stranger can repeat in a field, by what is awkward about it. */
export const texts: Readonly<Record<string, string>> = {
  letters: "a",
  "spaces and letters": " a",
  spaces: " ",
  "line breaks": "\r\n",
  quotes: '"',
  backslashes: "\\",
  "angle brackets": "<",
  "tags that are not closed": "<a",
  "empty tags": "<>",
  ampersands: "&",
  "hyphens and apostrophes": "-'",
  "letters and hyphens": "a-",
  colons: ":",
  "slashes and at signs": "/@",
  underscores: "_",
  "names of the prototype": "__proto__",
  "control characters": "\0",
  "halves of emoji": "\ud800",
  emoji: "😀",
  "joined emoji": "👩\u200d",
  "halves of flags": "🇪",
  "joiners alone": "\u200d",
  "marks above": "\u0301",
  // Normalised, they are sorted: those below go first.
  "marks above and below": "\u0301\u0323",
  "marks that are letters until normalised": "\uff9e\u0301",
  "syllables in parts": "\u1100\u1161\u11a8",
  "consonants that join": "क्",
  // Normalised, it is 18 letters.
  "a ligature": "\ufdfa",
  "letters drawn as signs": "𝓐",
  "direction marks": "\u200f\u202e",
  isolates: "\u2068",
  // Its lower case depends on what is around it.
  sigmas: "Σʰ",
  "dotted capitals": "İ",
}

/** What means something in a payload. */
export const payloadTexts: Readonly<Record<string, string>> = {
  ...texts,
  bars: "|",
  "equals signs": "=",
  "fields of a query": "a=&",
  "percent signs": "%",
  "letters in percents": "%C3%A9",
}

/** As much of it as so many bytes of JSON hold. */
export const inJson = (unit: string, bytes: number): string =>
  unit.repeat(Math.floor(bytes / (Buffer.byteLength(JSON.stringify(unit)) - 2)))

/** As much of it as so many characters of base64url hold between these. */
export const inBase64 = (before: string, unit: string, after: string, characters: number): string => {
  const room = Math.floor((characters * 3) / 4) - before.length - after.length
  const text = unit.repeat(Math.floor(room / Buffer.byteLength(unit)))
  return Buffer.from(before + text + after).toString("base64url")
}
