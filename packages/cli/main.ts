import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Cause from "effect/Cause"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import { funnel } from "./commands/funnel.ts"
import { link } from "./commands/link/link.ts"
import { recount } from "./commands/recount.ts"
import { presenterLayer } from "./presenter.ts"

const concierge = Command.make("concierge").pipe(
  Command.withDescription("Runs a brand's bot: on this machine's data, or on a stage"),
  Command.withSubcommands([funnel, link, recount]),
)

const program = Command.runWith(concierge, { version: "1.0.0" })(process.argv.slice(2)).pipe(
  Effect.provide(presenterLayer),
  Effect.provide(NodeServices.layer),
)

/** 0: done. 1: something is wrong with what was looked at. 2: what was asked for cannot be done so. */
const exitCodeOf = (error: unknown): number => {
  switch (Predicate.hasProperty(error, "_tag") ? error._tag : undefined) {
    case "Found":
      return 1
    case "BadInput":
      process.stderr.write(`${Predicate.hasProperty(error, "advice") ? error.advice : error}\n`)
      return 2
    case "ShowHelp":
      return Predicate.hasProperty(error, "errors") && Array.isArray(error.errors) && error.errors.length === 0 ? 0 : 2
    default:
      process.stderr.write(`${problemOf(error)}\n`)
      return 1
  }
}

/** A store that does not answer or cannot be read. */
const problemOf = (error: unknown): string => {
  const reason = Predicate.hasProperty(error, "reason") ? error.reason : error
  const cause = Predicate.hasProperty(reason, "cause") ? reason.cause : reason
  const what = cause instanceof Error ? cause.message : String(cause)
  return `the data cannot be read or written: ${what.split("\n", 1)[0]}`
}

const exit = await Effect.runPromiseExit(program)
if (Exit.isFailure(exit))
  process.exitCode = exitCodeOf(Option.getOrElse(Cause.findErrorOption(exit.cause), () => Cause.squash(exit.cause)))
