import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Line } from "../observe/line.ts"
import type { Iso } from "../Time.ts"
import { Unavailable } from "./reasons.ts"

export class LogLinesError extends Schema.TaggedError<LogLinesError>()("LogLinesError", {
  reason: Schema.Union([Unavailable]),
}) {}

/** The log that was written lately, to be asked by an operator: no function reads it. */
export class LogLines extends Context.Service<
  LogLines,
  {
    /** Why it may have no line of an update: a sentence or two for the operator. */
    readonly lacking: string
    /** All lines of an update and of its request, the oldest first; none from before `from`. */
    ofUpdate(updateId: number, from: Iso): Effect.Effect<ReadonlyArray<Line>, LogLinesError>
  }
>()("@concierge/core/services/LogLines") {}
