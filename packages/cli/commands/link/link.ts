import * as Command from "effect/cli/Command"
import { disable, edit } from "./change.ts"
import { create } from "./create.ts"
import { list } from "./list.ts"
import { show } from "./show.ts"

export const link = Command.make("link").pipe(
  Command.withDescription("Stored links: what a placement's short code stands for"),
  Command.withSubcommands([create, list, show, disable, edit]),
)
