import * as Schema from "effect/Schema"

/** An effect that should be there and is not: what is seen in its place, and the command that mends it or tells more. */
export class Missed extends Schema.TaggedError<Missed>()("Missed", { says: Schema.String, mend: Schema.String }) {}
