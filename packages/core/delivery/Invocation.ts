import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { currentIso, type Iso, plus } from "../Time.ts"
import { lastSend } from "./times.ts"

/** One run of the worker, in which several records may be worked. */
export interface Invocation {
  readonly startedAt: Iso
}

/** There is too little left of this invocation to begin a send, or a record. */
export class TooLate extends Schema.TaggedError<TooLate>()("TooLate", {}) {}

/** To stand before every single send. */
export const inTime = (invocation: Invocation): Effect.Effect<void, TooLate> =>
  Effect.flatMap(currentIso, (now) =>
    now > plus(invocation.startedAt, lastSend) ? Effect.fail(new TooLate()) : Effect.void,
  )
