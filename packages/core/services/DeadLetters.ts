import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Unavailable } from "./reasons.ts"
import type { QueuedUpdate } from "./UpdateQueue.ts"

export class DeadLettersError extends Schema.TaggedError<DeadLettersError>()("DeadLettersError", {
  reason: Schema.Union([Unavailable]),
}) {}

export interface DeadLetter {
  /** By which it can be removed; good for as long as the queue hides what was read. */
  readonly id: string
  readonly update: QueuedUpdate
}

/** Updates that were received three times in vain. They wait here, for two weeks at most, for somebody to look. */
export class DeadLetters extends Context.Service<
  DeadLetters,
  {
    /** Up to `max` of them. They stay, though a queue may hide them from others for a while. */
    read(max: number): Effect.Effect<ReadonlyArray<DeadLetter>, DeadLettersError>
    remove(id: string): Effect.Effect<void, DeadLettersError>
  }
>()("@concierge/core/services/DeadLetters") {}
