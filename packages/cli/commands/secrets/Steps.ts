import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"

/** Tells the operator what has been done, step by step; with `--json` the steps are in the answer. */
export class Steps extends Context.Service<
  Steps,
  { done(what: string): Effect.Effect<void>; begun(what: string): Effect.Effect<void> }
>()("@concierge/cli/commands/secrets/Steps") {}
