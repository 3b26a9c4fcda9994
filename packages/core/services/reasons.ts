import * as Schema from "effect/Schema"

/** The store did not answer in time, could not be reached, or refused for want of capacity. */
export class Unavailable extends Schema.TaggedError<Unavailable>()("Unavailable", { cause: Schema.Defect() }) {}

/** What is stored does not decode: written by hand, or by a version that this one does not know. */
export class Corrupt extends Schema.TaggedError<Corrupt>()("Corrupt", { cause: Schema.Defect() }) {}

/** What is stored was written by a newer version, which knows more of it than this one: deploy that version again. */
export class Newer extends Schema.TaggedError<Newer>()("Newer", { shape: Schema.Int, known: Schema.Int }) {}
