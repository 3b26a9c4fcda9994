import type { Act, Button } from "./mix.ts"
import type { Person } from "./problemOf.ts"

/** An update that ended as ignored, and why. */
export interface Ignored {
  readonly reason: string
  /** Where the mix does not explain it: which update it was. */
  readonly unexplained?: string
}

/** The state that is reached by the message which a tap asks for, or for the last button the one it is under. */
const reachedBy: Readonly<Record<Button, string>> = {
  watch_video: "WELCOME_VIDEO_SENT",
  play_audio: "TTS_SENT",
  finish: "TTS_SENT",
}

/**
 * Undefined: it was not ignored. The mix explains one thing only, a tap made before what it asks for had come; `madeAt`
 * in milliseconds since 1970, of the request.
 */
export const ignoredOf = (
  act: Act,
  madeAt: number,
  outcome: string,
  person: Person | undefined,
): Ignored | undefined => {
  if (!outcome.startsWith(prefix)) return undefined
  const reason = outcome.slice(prefix.length)
  const { button, id } = act
  const what = `update ${id}, ${button ?? "/start"}`
  if (reason !== "coalesced" || button === undefined) return { reason, unexplained: what }
  const sentAt = person?.state_progress[reachedBy[button]]?.sentAt
  const since = sentAt === undefined ? Number.NaN : madeAt - Date.parse(sentAt)
  if (since <= 0) return { reason: early }
  const when = Number.isNaN(since) ? "which asks for what never came" : `${since} ms after what it asks for had come`
  return { reason: late, unexplained: `${what}, ${when}` }
}

const prefix = "ignored: "

export const early = "coalesced: taps made before what they ask for had come"
const late = "coalesced, though what they ask for had come"
