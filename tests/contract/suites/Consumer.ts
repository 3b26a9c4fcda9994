import type { QueuedUpdate } from "@concierge/core/services/UpdateQueue.ts"
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"

export interface Received {
  readonly id: string
  readonly update: QueuedUpdate
}

/** The far end of the queue, as the event source works it. */
export class Consumer extends Context.Service<
  Consumer,
  {
    /** Whatever is visible now, up to ten. */
    readonly receive: Effect.Effect<ReadonlyArray<Received>>
    acknowledge(ids: ReadonlyArray<string>): Effect.Effect<void>
    /** Lets this many seconds pass. */
    pass(seconds: number): Effect.Effect<void>
    /** Lets the visibility of everything received and not acknowledged run out. */
    readonly expire: Effect.Effect<void>
    /** How many messages are in the dead-letter queue. */
    readonly dead: Effect.Effect<number>
  }
>()("tests/contract/suites/Consumer") {}
