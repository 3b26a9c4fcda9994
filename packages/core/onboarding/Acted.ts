import type { Touch } from "../attribution/Touch.ts"
import type { Locale } from "../brand/Locale.ts"
import type { EventId, SessionId } from "../ids.ts"
import type { SendResult } from "../services/SendResult.ts"
import type { Iso } from "../Time.ts"
import type { Outcome } from "../updates/Outcome.ts"
import type { Action } from "./Action.ts"
import type { Plan } from "./decide.ts"

/** Where the funnel counts it: what sent them, by its id, and in which of its items. */
export interface CountedAs {
  readonly origin: string
  readonly shard: number
}

/** What is known of an update once it has been acted on: all that the person afterwards is made of. */
export interface Acted {
  readonly event: EventId
  readonly updateId: string
  readonly action: Action
  readonly plan: Plan
  /** What became of its message; undefined where it sends none. */
  readonly sent: SendResult | undefined
  /** That it arrived is known by a tap on it, and the begin under way is the tap's. */
  readonly isProven?: boolean
  readonly now: Iso
  readonly touch: Touch | undefined
  /** Undefined where the funnel need not know. */
  readonly countedAs: CountedAs | undefined
  /** The one they are spoken to in. */
  readonly language: Locale
  /** Of the run that a /restart opens. */
  readonly newSessionId: SessionId
  /** Ids whose events are finished, so that no repeat of theirs needs to be recognised here. */
  readonly prune: ReadonlyArray<EventId>
}

export const isTooOld = (outcome: Outcome): boolean => outcome === "ignored: stale" || outcome === "ignored: expired"
