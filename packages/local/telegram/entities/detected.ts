import type { Entity } from "../model.ts"
import { type Formatted, ordered } from "./formatted.ts"

const detectors: ReadonlyArray<readonly [type: string, pattern: RegExp]> = [
  ["bot_command", /(?<![\w/<>])\/[a-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])/gi],
  ["url", /(?<![\w])https?:\/\/[^\s<>"]*[^\s<>".,:;!?)]/gi],
  ["mention", /(?<![\w@])@[a-z]\w{3,31}(?!\w)/gi],
]

/** Inside these nothing is detected. */
const opaque = new Set(["code", "pre", "text_link"])

/** Adds what Telegram finds by itself: commands, addresses and mentions. */
export const detected = (formatted: Formatted): Formatted => {
  const { text, entities } = formatted
  if (!/[/@]/.test(text)) return formatted
  const taken: Array<Entity> = entities.filter((entity) => opaque.has(entity.type))
  const found: Array<Entity> = []
  for (const [type, pattern] of detectors) {
    for (const match of text.matchAll(pattern)) {
      const entity = { type, offset: match.index, length: match[0].length }
      if (taken.some((other) => overlap(entity, other))) continue
      taken.push(entity)
      found.push(entity)
    }
  }
  return found.length === 0 ? formatted : { text, entities: ordered([...entities, ...found]) }
}

const overlap = (one: Entity, other: Entity): boolean =>
  one.offset < other.offset + other.length && other.offset < one.offset + one.length
