import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type * as Stream from "effect/Stream"
import { Unavailable } from "./reasons.ts"
import type { QueuedUpdate } from "./UpdateQueue.ts"

export class DeadLettersError extends Schema.TaggedError<DeadLettersError>()("DeadLettersError", {
  reason: Schema.Union([Unavailable]),
}) {}

export interface DeadLetter {
  /** By which whoever has read it removes it. */
  readonly id: string
  readonly update: QueuedUpdate
}

/** Updates that were received three times in vain. They wait here, for two weeks at most, for somebody to look. */
export class DeadLetters extends Context.Service<
  DeadLetters,
  {
    /**
     * All of them, as they are read, each once. They stay. A queue may hide them from others until the stream ends, and
     * of somebody who dies for five minutes.
     */
    readonly letters: Stream.Stream<DeadLetter, DeadLettersError>
    /** One that is being read; when the stream has ended it is the queue's again. */
    remove(id: string): Effect.Effect<void, DeadLettersError>
  }
>()("@concierge/core/services/DeadLetters") {}
