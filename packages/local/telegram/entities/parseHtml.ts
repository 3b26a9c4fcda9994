import * as Result from "effect/Result"
import type { Entity } from "../model.ts"
import { type Formatted, ordered } from "./formatted.ts"
import { readReference } from "./reference.ts"
import { problemAt, readEndTag, readStartTag, type Tag, typeOfTag } from "./tag.ts"

interface Open {
  readonly tag: Tag
  readonly offset: number
  /** A `<code>` that was closed directly inside this `<pre>`, with its end. */
  code?: { readonly end: number; readonly language: string | undefined }
}

/** Telegram's HTML: the text a person reads and its entities, or what is wrong with it. */
export const parseHtml = (html: string): Result.Result<Formatted, string> => {
  const entities: Array<Entity> = []
  const open: Array<Open> = []
  let text = ""
  let at = 0
  while (at < html.length) {
    const special = nextSpecial(html, at)
    text += html.slice(at, special)
    at = special
    if (html[at] === "&") {
      const reference = readReference(html, at)
      text += reference.text
      at = reference.end
    } else if (html.startsWith("</", at)) {
      const tag = readEndTag(html, at)
      if (Result.isFailure(tag)) return Result.fail(tag.failure)
      const closed = open.pop()
      if (closed === undefined) return problemAt(html, at, "Unexpected end tag")
      const [found, expected] = [tag.success.name, closed.tag.name]
      if (found !== "" && found !== expected) {
        return problemAt(html, at, `Unmatched end tag, expected "</${expected}>", found "</${found}>"`)
      }
      entities.push(...entitiesOf(closed, text, open.at(-1)))
      at = tag.success.end
    } else if (at < html.length) {
      const tag = readStartTag(html, at)
      if (Result.isFailure(tag)) return Result.fail(tag.failure)
      open.push({ tag: tag.success, offset: text.length })
      at = tag.success.end
    }
  }
  const unclosed = open.at(-1)
  return unclosed === undefined
    ? Result.succeed({ text, entities: ordered(entities) })
    : Result.fail(`Can't find end tag corresponding to start tag "${unclosed.tag.name}"`)
}

const special = /[<&]/g

const nextSpecial = (html: string, at: number): number => {
  special.lastIndex = at
  return special.exec(html)?.index ?? html.length
}

const entitiesOf = (closed: Open, text: string, parent: Open | undefined): ReadonlyArray<Entity> => {
  const { tag, offset } = closed
  const span = { type: typeOfTag.get(tag.name) ?? "", offset, length: text.length - offset }
  if (span.length === 0) return []
  switch (tag.name) {
    case "a": {
      const url = linkOf(tag.attributes.get("href") ?? text.slice(offset))
      return url === undefined ? [] : [{ ...span, url }]
    }
    case "tg-emoji":
      return [{ ...span, custom_emoji_id: tag.attributes.get("emoji-id") ?? "" }]
    case "blockquote":
      return [tag.attributes.has("expandable") ? { ...span, type: "expandable_blockquote" } : span]
    case "code":
      if (parent?.tag.name !== "pre") return [span]
      if (parent.offset === offset) parent.code = { end: text.length, language: languageOf(tag) }
      return []
    case "pre": {
      const language = closed.code?.end === text.length ? closed.code.language : undefined
      return [language === undefined ? span : { ...span, language }]
    }
    default:
      return [span]
  }
}

const languageOf = (tag: Tag): string | undefined => /^language-(.+)$/.exec(tag.attributes.get("class") ?? "")?.[1]

/** A link to nowhere is shown as plain text, as Telegram does. */
const linkOf = (href: string): string | undefined => {
  const url = /^[a-z][a-z0-9+.-]*:/i.test(href) ? href : `http://${href}`
  if (!URL.canParse(url)) return undefined
  const { protocol, href: normal } = new URL(url)
  return ["http:", "https:", "tg:", "mailto:", "tel:"].includes(protocol) ? normal : undefined
}
