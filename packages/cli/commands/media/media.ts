import * as Command from "effect/cli/Command"
import { check } from "./check.ts"
import { list } from "./list.ts"
import { upload } from "./upload.ts"

export const media = Command.make("media").pipe(
  Command.withDescription("The brand's videos and their pictures"),
  Command.withSubcommands([check, upload, list]),
)
