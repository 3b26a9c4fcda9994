import type { Entity } from "../model.ts"

export interface Formatted {
  readonly text: string
  readonly entities: ReadonlyArray<Entity>
}

/** Outer entities before those inside them. */
export const ordered = (entities: ReadonlyArray<Entity>): ReadonlyArray<Entity> =>
  entities.toSorted((one, other) => one.offset - other.offset || other.length - one.length)

/** Telegram shows no blank space around a message; entities move with the text. */
export const trimmed = ({ text, entities }: Formatted): Formatted => {
  const start = text.length - text.trimStart().length
  const kept = text.trim()
  if (kept.length === text.length) return { text, entities }
  return {
    text: kept,
    entities: entities.flatMap((entity) => {
      const from = Math.max(entity.offset - start, 0)
      const to = Math.min(entity.offset + entity.length - start, kept.length)
      return to > from ? [{ ...entity, offset: from, length: to - from }] : []
    }),
  }
}
