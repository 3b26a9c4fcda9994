import * as NodeServices from "@effect/platform-node/NodeServices"
import * as CliConfig from "effect/cli/CliConfig"
import * as Command from "effect/cli/Command"
import * as Completions from "effect/cli/Completions"
import * as Flag from "effect/cli/Flag"
import * as GlobalFlag from "effect/cli/GlobalFlag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { commands } from "./commands.ts"
import { presenterLayer } from "./presenter.ts"
import { out } from "./print/write.ts"

/** Of the shells that people have; the library's own line of help is wider than a terminal. */
const completions = GlobalFlag.Action({
  flag: Flag.Literals("completions", ["bash", "zsh", "fish"]).pipe(
    Flag.optional,
    Flag.withMetavar("<shell>"),
    Flag.withDescription("Print a completion script"),
    Flag.map((shell): Option.Option<Completions.Shell> => shell),
  ),
  run: (shell, { command }) =>
    Option.match(shell, {
      onNone: () => Effect.void,
      onSome: (name) => out(Completions.generate(command.name, name, Completions.fromCommand(command))),
    }),
})

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
  Effect.provide(CliConfig.layer({ builtIns: [GlobalFlag.Help, GlobalFlag.Version, completions] })),
  Effect.provide(NodeServices.layer),
)
