import * as Schema from "effect/Schema"
import { refCode } from "../local/update.ts"

/** As much of a stored person as is checked. */
export const Person = Schema.Struct({
  state: Schema.String,
  state_progress: Schema.Record(Schema.String, Schema.Struct({ sentAt: Schema.String })),
  ref_code: Schema.optionalKey(Schema.String),
})
export type Person = typeof Person.Type

/** Where somebody stands after so many taps. The first asks for the video again, the second for the greeting. */
const due = ["WELCOME_VIDEO_SENT", "WELCOME_VIDEO_SENT", "TTS_SENT", "DONE"]

/**
 * What is wrong with somebody who has started and tapped so many buttons, of which so many taps were ignored; undefined
 * when nothing is.
 */
export const problemOf = (person: Person | undefined, taps: number, ignored: number): string | undefined => {
  if (person === undefined) return "is not stored"
  const { ref_code, state, state_progress } = person
  if (state_progress.WELCOME_VIDEO_SENT === undefined) return "got no video"
  // The last tap is ignored when it was made before the greeting had come, as in a burst.
  const isShort = taps === 3 && ignored > 0 && state === "TTS_SENT"
  if (state !== due[taps] && !isShort) return `is in ${state} after ${taps} taps, ${ignored} of them ignored`
  if (ref_code !== refCode) return `is attributed to ${ref_code ?? "nobody"}`
  return undefined
}
