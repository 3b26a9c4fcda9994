import * as Schema from "effect/Schema"

/** Why an update that was understood changed nothing. */
export const IgnoredReason = Schema.Literals([
  "duplicate",
  "stale",
  "expired",
  "coalesced",
  "blocked",
  "undeliverable",
  "unseen",
  "forgotten",
  "unused kind",
  "group",
  "throttled",
  "bot",
  "not newer",
])
export type IgnoredReason = typeof IgnoredReason.Type

/** How an accepted update ended. One that ends in none of these is in the dead-letter queue. */
export const Outcome = Schema.Union([
  Schema.Literals(["applied", "parked"]),
  Schema.TemplateLiteral(["ignored: ", IgnoredReason]),
])
export type Outcome = typeof Outcome.Type

export const ignored = (reason: IgnoredReason): Outcome => `ignored: ${reason}`
