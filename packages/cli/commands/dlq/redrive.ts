import { redriveDead } from "@concierge/core/operate/redriveDead.ts"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { Found } from "../../Found.ts"
import { asJson } from "../../flags.ts"
import { records } from "../../places/records.ts"
import { are } from "../../print/are.ts"
import { json, out } from "../../print/write.ts"
import { onPlace, stage } from "../../where.ts"
import { which, workLetters } from "./letters.ts"

export const redrive = Command.make(
  "redrive",
  { ...which, json: asJson, stage },
  ({ json: wantsJson, stage, ...given }) =>
    onPlace(records)(
      stage,
      Effect.gen(function* () {
        const became = yield* workLetters(given, "redriven", redriveDead)
        const count = (of: string) => became.filter((each) => each === of).length
        const counts = { redriven: count("redriven"), doneAlready: count("done already"), notOurs: count("not ours") }
        if (wantsJson) yield* json(counts)
        else {
          yield* out(`${are(counts.redriven)} on the queue again; what was applied before is not applied again.`)
          if (counts.doneAlready > 0)
            yield* out(`${counts.doneAlready} had ended all the same: their letters are gone.`)
          if (counts.notOurs > 0) {
            yield* out(`${are(counts.notOurs)} no update of ours and stayed: concierge dlq drop --reason "not ours"`)
          }
        }
        if (counts.notOurs > 0) return yield* new Found()
      }),
    ),
).pipe(
  Command.withDescription("Give dead updates another chance, each as a fresh copy; when what they died of is mended"),
  Command.withExamples([
    { command: "concierge dlq redrive --stage prod", description: "All of them" },
    { command: "concierge dlq redrive --user 1001", description: "One person's, to see whether it is mended" },
  ]),
)
