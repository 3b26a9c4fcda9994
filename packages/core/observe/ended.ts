import * as Effect from "effect/Effect"
import type * as LogLevel from "effect/LogLevel"
import { maxReceives } from "../delivery/deployed.ts"
import type { Facts } from "./Facts.ts"

/** How an update can end without its person being served: someone has to look. */
const unserved: ReadonlyArray<Facts["outcome"]> = [
  "parked",
  "ignored: undeliverable",
  "ignored: unseen",
  "ignored: expired",
]

/**
 * Info once an update: when it has ended, or was put off for the first time. Warn for what took more than one attempt, or
 * will. Error only where a person was not served.
 */
export const levelOf = ({ attempt = 0, outcome, receives = 1 }: Facts): LogLevel.Severity => {
  if (unserved.includes(outcome)) return "Error"
  if (outcome === "failed") return receives < maxReceives ? "Warn" : "Error"
  if (outcome === "put off") return attempt === 0 ? "Info" : "Debug"
  if (outcome === "ignored: duplicate") return "Debug"
  return attempt > 0 || receives > 1 ? "Warn" : "Info"
}

/** The one line of an update, with all that has come to be known of it, and what it failed of. */
export const told = (facts: Facts, ...failure: ReadonlyArray<unknown>): Effect.Effect<undefined> =>
  Effect.logWithLevel(levelOf(facts))("update", ...failure).pipe(
    Effect.annotateLogs({ ...facts }),
    Effect.as(undefined),
  )
