import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { currentIso, type Iso, plus } from "../Time.ts"
import { lastAnswer } from "./times.ts"

/** One run of the worker, in which several records may be worked. */
export interface Invocation {
  readonly startedAt: Iso
}

/** There is too little left of this invocation to begin a send, or a record. */
export class TooLate extends Schema.TaggedError<TooLate>()("TooLate", {}) {}

/** To stand before every single send, with the time that its answer is granted. */
export const inTime = (invocation: Invocation, timeout: Duration.Duration): Effect.Effect<void, TooLate> =>
  Effect.flatMap(currentIso, (now) =>
    plus(now, timeout) > plus(invocation.startedAt, lastAnswer) ? Effect.fail(new TooLate()) : Effect.void,
  )
