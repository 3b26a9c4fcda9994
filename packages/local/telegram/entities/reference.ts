const named = new Map([
  ["lt", "<"],
  ["gt", ">"],
  ["amp", "&"],
  ["quot", '"'],
])

const pattern = /&(?:([a-z]+)|#([0-9]{1,7})|#x([0-9a-f]{1,6}));?/iy

/** The character reference at `at`, where an `&` stands. One that Telegram does not know is ordinary text. */
export const readReference = (html: string, at: number): { readonly text: string; readonly end: number } => {
  pattern.lastIndex = at
  const match = pattern.exec(html)
  if (match === null) return { text: "&", end: at + 1 }
  const [whole, name, decimal, hex] = match
  const text = name === undefined ? numbered(decimal, hex) : named.get(name)
  return text === undefined ? { text: "&", end: at + 1 } : { text, end: at + whole.length }
}

const numbered = (decimal: string | undefined, hex: string | undefined): string | undefined => {
  const code = decimal === undefined ? Number.parseInt(hex ?? "0", 16) : Number.parseInt(decimal, 10)
  // Lone surrogates cannot be sent as UTF-8.
  const isCharacter = code > 0 && code < 0x10ffff && (code < 0xd800 || code > 0xdfff)
  return isCharacter ? String.fromCodePoint(code) : undefined
}

export const decodeReferences = (text: string): string => {
  let decoded = ""
  let at = 0
  for (let next = text.indexOf("&"); next !== -1; next = text.indexOf("&", at)) {
    const reference = readReference(text, next)
    decoded += text.slice(at, next) + reference.text
    at = reference.end
  }
  return decoded + text.slice(at)
}
