import * as Command from "effect/cli/Command"
import { list } from "./list.ts"
import { retry } from "./retry.ts"
import { show } from "./show.ts"

export const parked = Command.make("parked").pipe(
  Command.withDescription("Parked updates: of a kind that is used, in a form that was not understood"),
  Command.withSubcommands([list, show, retry]),
)
