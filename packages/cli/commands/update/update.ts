import * as Command from "effect/cli/Command"
import { show } from "./show.ts"

export const update = Command.make("update").pipe(
  Command.withDescription("One update of Telegram's, from its arrival to its outcome"),
  Command.withSubcommands([show]),
)
