import * as Schema from "effect/Schema"

/** Something is wrong with what was looked at. It has been shown: exit code 1. */
export class Found extends Schema.TaggedError<Found>()("Found", {}) {}
