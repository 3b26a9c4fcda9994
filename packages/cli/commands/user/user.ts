import * as Command from "effect/cli/Command"
import { exportAll } from "./exportAll.ts"
import { forget } from "./forget.ts"
import { show } from "./show.ts"

export const user = Command.make("user").pipe(
  Command.withDescription("One person: what is stored of them, and deleting it"),
  Command.withSubcommands([show, exportAll, forget]),
)
