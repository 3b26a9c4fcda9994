import { escapeHtml } from "@concierge/core/onboarding/Name.ts"
import * as Result from "effect/Result"
import type { Formatted } from "../../telegram/entities/formatted.ts"
import type { Entity } from "../../telegram/model.ts"
import { readHtml } from "../limits.ts"

/** Telegram's HTML as a browser shows it: read as Telegram reads it, and written anew, so that no tag slips through. */
export const formattedHtml = (html: string): string =>
  Result.match(readHtml(html), {
    onFailure: (problem) => `<mark class="problem">${escapeHtml(problem)}</mark>`,
    onSuccess: ({ entities, text }: Formatted) => spansOf(text, entities, 0, text.length),
  })

/** Entities come in order, outer ones before those inside them. */
const spansOf = (text: string, entities: ReadonlyArray<Entity>, from: number, to: number): string => {
  const [first, ...rest] = entities
  if (first === undefined) return escapeHtml(text.slice(from, to))
  const end = first.offset + first.length
  const inside = rest.filter(({ offset }) => offset < end)
  const after = rest.filter(({ offset }) => offset >= end)
  const span = element(first, spansOf(text, inside, first.offset, end))
  return escapeHtml(text.slice(from, first.offset)) + span + spansOf(text, after, end, to)
}

const tags: Readonly<Record<string, string>> = {
  bold: "b",
  italic: "i",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
}

const element = ({ type, url }: Entity, inside: string): string => {
  if (url !== undefined) return `<a href="${escapeHtml(url)}" rel="noreferrer" target="_blank">${inside}</a>`
  const tag = tags[type]
  return tag === undefined ? `<span class="${escapeHtml(type)}">${inside}</span>` : `<${tag}>${inside}</${tag}>`
}
