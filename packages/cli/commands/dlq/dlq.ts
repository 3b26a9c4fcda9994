import * as Command from "effect/cli/Command"
import { drop } from "./drop.ts"
import { list } from "./list.ts"
import { redrive } from "./redrive.ts"
import { show } from "./show.ts"

export const dlq = Command.make("dlq").pipe(
  Command.withDescription("Dead letters: updates that failed three times"),
  Command.withSubcommands([list, show, redrive, drop]),
)
