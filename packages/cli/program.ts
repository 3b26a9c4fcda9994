import * as NodeServices from "@effect/platform-node/NodeServices"
import * as CliConfig from "effect/cli/CliConfig"
import * as Command from "effect/cli/Command"
import * as GlobalFlag from "effect/cli/GlobalFlag"
import * as Effect from "effect/Effect"
import { commands } from "./commands.ts"
import { presenterLayer } from "./presenter.ts"

/** What the operator typed, done. */
export const program = Effect.fnUntraced(
  function* (given: ReadonlyArray<string>) {
    const isWhole = given.some((argument) => argument.startsWith("--completions"))
    const concierge = Command.make("concierge").pipe(
      Command.withDescription("Runs a brand's bot: on this machine's data, or on a stage"),
      Command.withSubcommands(yield* Effect.promise(() => commands((name) => isWhole || given.includes(name)))),
      Command.withExamples([
        { command: "concierge link create --name Poster --campaign spring", description: "On this machine's data" },
        { command: "concierge funnel --stage prod", description: "On a deployed stage" },
        { command: "concierge funnel --json | jq .total", description: "For another program" },
        { command: 'eval "$(concierge --completions bash)"', description: "Let the shell complete: bash, zsh, fish" },
      ]),
    )
    yield* Command.runWith(concierge, { version: "1.0.0" })(given)
  },
  Effect.provide(presenterLayer),
  Effect.provide(CliConfig.layer({ builtIns: [GlobalFlag.Help, GlobalFlag.Version, GlobalFlag.Completions] })),
  Effect.provide(NodeServices.layer),
)
