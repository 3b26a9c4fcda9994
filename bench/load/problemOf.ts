import { Progress } from "@concierge/core/onboarding/User.ts"
import * as Schema from "effect/Schema"
import { refCode } from "../local/update.ts"
import { path } from "./path.ts"

/** As much of a stored person as is checked. */
export const Person = Schema.Struct({
  state: Schema.String,
  /** By the step's id. */
  state_progress: Schema.Record(Schema.String, Progress),
  ref_code: Schema.optionalKey(Schema.String),
})
export type Person = typeof Person.Type

const [first] = path
const states = path.map(({ state }) => state)

/** Where somebody stands after so many taps. The first asks for the first step again, the second for the second. */
const due = [states[0], ...states]

/**
 * What is wrong with somebody who has started and tapped so many buttons, of which so many taps were ignored; undefined
 * when nothing is.
 */
export const problemOf = (person: Person | undefined, taps: number, ignored: number): string | undefined => {
  if (person === undefined) return "is not stored"
  const { ref_code, state, state_progress } = person
  if (first !== undefined && state_progress[first.id] === undefined) return `got no ${first.id}`
  // The last tap is ignored when it was made before the message had come that it is under, as in a burst.
  const isShort = taps === path.length && ignored > 0 && state === states.at(-2)
  if (state !== due[taps] && !isShort) return `is in ${state} after ${taps} taps, ${ignored} of them ignored`
  if (ref_code !== refCode) return `is attributed to ${ref_code ?? "nobody"}`
  return undefined
}
