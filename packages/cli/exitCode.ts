import * as Cause from "effect/Cause"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import { beneath } from "./beneath.ts"
import { AwsRefused } from "./checks/Aws.ts"
import { explained } from "./checks/refusal.ts"
import { givenArguments } from "./places/again.ts"
import { refused } from "./refused.ts"

/** 0: done. 1: something is wrong with what was looked at. 2: what was asked for cannot be done so. 130: interrupted. */
export const exitCodeOf = (cause: Cause.Cause<unknown>): number => {
  if (Cause.hasInterruptsOnly(cause)) {
    // Unless the same command inside `sst shell` has said so.
    if (process.exitCode !== 130)
      process.stderr.write("interrupted: what was done stays, and nothing is half-done. Run it again to go on\n")
    return 130
  }
  const error = Option.getOrElse(Cause.findErrorOption(cause), () => Cause.squash(cause))
  switch (Predicate.hasProperty(error, "_tag") ? error._tag : undefined) {
    case "Found":
      return 1
    case "BadInput":
      process.stderr.write(`${Predicate.hasProperty(error, "advice") ? error.advice : error}\n`)
      return 2
    case "ShowHelp":
      return Predicate.hasProperty(error, "errors") && Array.isArray(error.errors) && error.errors.length === 0 ? 0 : 2
    default:
      process.stderr.write(`${refused(error, givenArguments()) ?? problemOf(error)}\n`)
      return 1
  }
}

/** A store that does not answer or cannot be read. */
const problemOf = (error: unknown): string => {
  // AWS's command line may have said no beneath an error of ours.
  const said = beneath(error).find((part) => part instanceof AwsRefused)
  if (said !== undefined) {
    const { mend, says } = explained(said, givenArguments())
    return `${says}. ${mend}`
  }
  const reason = Predicate.hasProperty(error, "reason") ? error.reason : error
  const cause = Predicate.hasProperty(reason, "cause") ? reason.cause : reason
  const what = cause instanceof Error ? cause.message : String(cause)
  return `the data cannot be read or written: ${what.split("\n", 1)[0]}`
}
