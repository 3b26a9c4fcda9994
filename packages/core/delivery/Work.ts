import type { EventId, UserId } from "../ids.ts"
import type { Action } from "../onboarding/Action.ts"
import type { QueuedUpdate } from "../services/UpdateQueue.ts"
import type { Iso } from "../Time.ts"
import type { Invocation } from "./Invocation.ts"

/** One attempt at one update. */
export interface Work {
  readonly update: QueuedUpdate
  readonly eventId: EventId
  readonly receivedAt: Iso
  /** Unique to this attempt: by it the lock is known as ours. */
  readonly token: string
  readonly invocation: Invocation
}

/** An attempt at something that a person did. */
export interface ActionWork extends Work {
  readonly action: Action
  readonly userId: UserId
}
