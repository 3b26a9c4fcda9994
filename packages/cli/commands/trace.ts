import { traceLines } from "@concierge/core/operate/traceLines.ts"
import { traceUpdate } from "@concierge/core/operate/traceUpdate.ts"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { Found } from "../Found.ts"
import { asJson } from "../flags.ts"
import { Bot, logs } from "../places/logs.ts"
import { json, out } from "../print/write.ts"
import { onPlace, stage } from "../where.ts"

const updateId = Argument.Int("update").pipe(Argument.withDescription("Telegram's id of the update"))

export const trace = Command.make("trace", { updateId, json: asJson, stage }, ({ json: wantsJson, stage, updateId }) =>
  onPlace(logs)(
    stage,
    Effect.gen(function* () {
      const { id } = yield* Bot
      const found = yield* traceUpdate(id, updateId)
      yield* wantsJson ? json(found) : out(traceLines(found).join("\n"))
      if (found.event === undefined && found.lines.length === 0) return yield* new Found()
    }),
  ),
).pipe(
  Command.withDescription("One update's whole path, from what is stored of it and the log"),
  Command.withExamples([{ command: "concierge trace 7 --stage prod", description: "By the number in the logs" }]),
)
