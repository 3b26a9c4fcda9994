import type { EventId, UserId } from "../ids.ts"
import type { Action } from "../onboarding/Action.ts"
import type { QueuedUpdate } from "../services/UpdateQueue.ts"
import type { Iso } from "../Time.ts"
import type { Turns } from "./Turns.ts"

/** One attempt at one update. */
export interface Work {
  readonly update: QueuedUpdate
  readonly eventId: EventId
  readonly receivedAt: Iso
  /** Unique to this attempt: by it the lock is known as ours. */
  readonly token: string
  readonly turns: Turns
  /** The spinner of the tapped button was stopped before, since its message had to wait. */
  readonly isAnswered?: boolean
}

export interface ActionWork extends Work {
  readonly action: Action
  readonly userId: UserId
}
