import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Effect from "effect/Effect"
import type { TakeOver } from "../bot/takeOver.ts"
import type { RealSettings } from "./settings.ts"

/** Whether a webhook may be taken away, by the command line or by whoever sits before it. */
export const consent = (webhookSecret: RealSettings["webhookSecret"]): TakeOver => ({
  mayTake: (origin) => (process.argv.includes("--take-over") ? Effect.succeed(true) : ask(origin)),
  secret: webhookSecret ?? (process.argv.includes("--no-secret") ? "none" : undefined),
})

/** Nobody at the terminal, or Ctrl-C, is a no. */
const ask = (origin: string) =>
  process.stdin.isTTY && process.stdout.isTTY
    ? Effect.promise(() => import("effect/cli/Prompt")).pipe(
        Effect.flatMap((Prompt) =>
          Prompt.Confirm({ message: `The bot has a webhook at ${origin}. Take it away while this runs?` }),
        ),
        Effect.catchTag("QuitError", () => Effect.succeed(false)),
        Effect.provide(NodeServices.layer),
      )
    : Effect.succeed(false)
