import * as Schema from "effect/Schema"

/** What was asked for cannot be done as it was asked: one line that says what to do, and exit code 2. */
export class BadInput extends Schema.TaggedError<BadInput>()("BadInput", { advice: Schema.String }) {}
