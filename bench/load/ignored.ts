import { sentAtOf } from "@concierge/core/onboarding/User.ts"
import type { Act } from "./mix.ts"
import { buttons, path } from "./path.ts"
import type { Person } from "./problemOf.ts"

/** An update that ended as ignored, and why. */
export interface Ignored {
  readonly reason: string
  /** Where the mix does not explain it: which update it was. */
  readonly unexplained?: string
}

/** The step whose message a tap asks for, or for the last button the one that it is under. */
const askedFor = (button: string) => path[Math.min(buttons.indexOf(button), path.length - 2)]

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
  const step = person?.state_progress[askedFor(button)?.id ?? ""]
  const since = step === undefined ? Number.NaN : madeAt - Date.parse(sentAtOf(step))
  if (since <= 0) return { reason: early }
  const when = Number.isNaN(since) ? "which asks for what never came" : `${since} ms after what it asks for had come`
  return { reason: late, unexplained: `${what}, ${when}` }
}

const prefix = "ignored: "

export const early = "coalesced: taps made before what they ask for had come"
const late = "coalesced, though what they ask for had come"
