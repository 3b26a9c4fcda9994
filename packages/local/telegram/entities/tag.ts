import * as Result from "effect/Result"
import { decodeReferences } from "./reference.ts"

/** The entity that each tag makes. */
export const typeOfTag: ReadonlyMap<string, string> = new Map([
  ["b", "bold"],
  ["strong", "bold"],
  ["i", "italic"],
  ["em", "italic"],
  ["u", "underline"],
  ["ins", "underline"],
  ["s", "strikethrough"],
  ["strike", "strikethrough"],
  ["del", "strikethrough"],
  ["span", "spoiler"],
  ["tg-spoiler", "spoiler"],
  ["tg-emoji", "custom_emoji"],
  ["a", "text_link"],
  ["code", "code"],
  ["pre", "pre"],
  ["blockquote", "blockquote"],
])

export interface Tag {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly end: number
}

/** A problem names the place by its byte, as Telegram does. */
export const problemAt = (html: string, at: number, problem: string): Result.Result<never, string> =>
  Result.fail(`${problem} at byte offset ${Buffer.byteLength(html.slice(0, at))}`)

const nameOf = /[^\s>]*/y
const attribute = /\s*([^\s=>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([a-z0-9.-]+)))?/iy
const close = /\s*>/y

const match = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at
  return pattern.exec(text)
}

/** The start tag at `at`, where a `<` stands. */
export const readStartTag = (html: string, at: number): Result.Result<Tag, string> => {
  const name = (match(nameOf, html, at + 1)?.[0] ?? "").toLowerCase()
  let end = at + 1 + name.length
  if (end >= html.length) return problemAt(html, at, "Unclosed start tag")
  if (!typeOfTag.has(name)) return problemAt(html, at, `Unsupported start tag "${name}"`)
  const attributes = new Map<string, string>()
  for (let done = match(close, html, end); done === null; done = match(close, html, end)) {
    const found = match(attribute, html, end)
    if (found === null) {
      return html.includes(">", end)
        ? problemAt(html, at, `Empty attribute name in the tag "${name}"`)
        : problemAt(html, at, "Unclosed start tag")
    }
    const [whole, key = "", double, single, bare] = found
    const value = double ?? single ?? bare
    end += whole.length
    if (value === undefined && !html.includes(">", end)) return problemAt(html, at, "Unclosed start tag")
    if (value === undefined && key.toLowerCase() !== "expandable") {
      return problemAt(html, end, `Expected equal sign in declaration of an attribute of the tag "${name}"`)
    }
    attributes.set(key.toLowerCase(), decodeReferences(value ?? ""))
  }
  const tag = { name, attributes, end: close.lastIndex }
  return name === "span" && attributes.get("class") !== "tg-spoiler"
    ? problemAt(html, at, 'Tag "span" must have class "tg-spoiler"')
    : Result.succeed(tag)
}

/** The end tag at `at`, where a `</` stands. */
export const readEndTag = (html: string, at: number): Result.Result<Tag, string> => {
  const end = html.indexOf(">", at)
  if (end === -1) return problemAt(html, at, "Unclosed end tag")
  const name = html
    .slice(at + 2, end)
    .trim()
    .toLowerCase()
  return Result.succeed({ name, attributes: new Map(), end: end + 1 })
}
