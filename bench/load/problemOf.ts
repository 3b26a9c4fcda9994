import { refCode } from "../local/update.ts"

/** As much of a stored person as is checked. */
export interface Person {
  readonly state: string
  readonly state_progress: Readonly<Record<string, unknown>>
  readonly ref_code?: string
}

/**
 * Where somebody may stand after so many taps. The first asks for the video again, the second for the greeting. The last
 * is ignored when it was made before the greeting had come, as in a burst.
 */
const legal = [["WELCOME_VIDEO_SENT"], ["WELCOME_VIDEO_SENT"], ["TTS_SENT"], ["TTS_SENT", "DONE"]]

/** What is wrong with somebody who has started and tapped so many buttons; undefined when nothing is. */
export const problemOf = (person: Person | undefined, taps: number): string | undefined => {
  if (person === undefined) return "is not stored"
  const { ref_code, state, state_progress } = person
  if (state_progress.WELCOME_VIDEO_SENT === undefined) return "got no video"
  if (!legal[taps]?.includes(state)) return `is in ${state} after ${taps} taps`
  if (ref_code !== refCode) return `is attributed to ${ref_code ?? "nobody"}`
  return undefined
}
