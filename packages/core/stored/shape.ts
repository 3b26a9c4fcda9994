import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import { Corrupt, Newer } from "../services/reasons.ts"

/**
 * The version of the shape in which records are written. A record without one is of shape 1, or a person who was begun
 * and never committed, which looks the same in both.
 */
export const currentShape = 2

export type Fields = Readonly<Record<string, unknown>>

/** What turns the fields of one shape into those of the next, by the table they are in. */
export type Upgrade = (fields: Fields) => Fields

/** Steps of shape 1, which had one flow only, by the state that having had them meant. */
const stepsOfShape1: Readonly<Record<string, string>> = {
  WELCOME_VIDEO_SENT: "video",
  TTS_SENT: "greeting",
  DONE: "finish",
}

/** Shape 2 keeps what a person has received by the step's id, since the flow may change, and says when they finished. */
export const userOfShape1: Upgrade = (fields) => {
  const progress = Object.entries(fieldsOf(fields.state_progress)).map(([state, entry]) => [
    stepsOfShape1[state] ?? state,
    { ...fieldsOf(entry), state },
  ])
  const done = fieldsOf(fieldsOf(fields.state_progress).DONE).at ?? fields.updatedAt
  return {
    ...fields,
    state_progress: Object.fromEntries(progress),
    ...(fields.state === "DONE" && { finished_at: done }),
    recent: Object.fromEntries(
      Object.entries(fieldsOf(fields.recent)).map(([id, made]) => [id, committedOfShape1(made)]),
    ),
  }
}

const committedOfShape1 = (made: unknown): Fields => {
  const { left, ...committed } = fieldsOf(made)
  return {
    ...committed,
    ...(committed.reached === "WELCOME_VIDEO_SENT" && { opened: true }),
    ...(committed.reached === "DONE" && { finished: true }),
    // The session of a run that had not begun, or was over, was not written again.
    ...(left !== undefined && left !== "NEW" && left !== "DONE" && { left }),
  }
}

export const fieldsOf = (value: unknown): Fields => (Predicate.isObject(value) ? { ...value } : {})

/** What `userOfShape1` may have changed: written by the first commit after it, with the shape. */
export const upgradedFields: ReadonlyArray<string> = ["state_progress", "finished_at", "recent"]

const unchanged: Upgrade = (fields) => fields

/** As much of a record as its version: to see why it was not written over. */
export const Versioned = Schema.Struct({ shape: Schema.optionalKey(Schema.Int) })

/**
 * Reads a stored record, of this shape or an older one: the one place where the old becomes the present. A newer shape is
 * refused, since writing it back would lose what this version does not know.
 */
export const readerOf = <A, I>(
  schema: Schema.Codec<A, I>,
  upgrade: Upgrade = unchanged,
): ((fields: Fields) => Effect.Effect<A, Corrupt | Newer>) => {
  const decode = Schema.decodeUnknownEffect(schema)
  return (fields) => {
    const shape = fields.shape ?? 1
    if (typeof shape === "number" && shape > currentShape) return Effect.fail(new Newer({ shape, known: currentShape }))
    return Effect.mapError(decode(shape === 1 ? upgrade(fields) : fields), (cause) => new Corrupt({ cause }))
  }
}
