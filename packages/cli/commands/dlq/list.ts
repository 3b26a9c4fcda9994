import { currentIso } from "@concierge/core/Time.ts"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { asJson } from "../../flags.ts"
import { records } from "../../places/records.ts"
import { json, out } from "../../print/write.ts"
import { onPlace, stage } from "../../where.ts"
import { byAge, lettersTable, meanings, shown, which, workLetters } from "./letters.ts"

/** As many rows as a person reads. */
const most = 50

export const list = Command.make("list", { ...which, json: asJson, stage }, ({ json: wantsJson, stage, ...given }) =>
  onPlace(records)(
    stage,
    Effect.gen(function* () {
      const letters = (yield* workLetters(given, "dead letters", Effect.succeed)).toSorted(byAge)
      if (wantsJson) return yield* json(letters.map(shown))
      if (letters.length === 0) return yield* out("No dead letters.")
      const rest = letters.length - most
      yield* out(lettersTable(letters.slice(0, most), yield* currentIso))
      if (rest > 0) yield* out(`… and ${rest} more: name fewer with --reason, --kind, --user, --older or --younger`)
      yield* out(
        ["", ...meanings(letters), "", "Again: concierge dlq redrive. One of them: concierge dlq show <update>."].join(
          "\n",
        ),
      )
    }),
  ),
).pipe(
  Command.withDescription("The updates that failed three times, oldest first, and why"),
  Command.withExamples([
    { command: "concierge dlq list --stage prod", description: "All of them, and what each reason means" },
    {
      command: "concierge dlq list --reason failed --younger 12h",
      description: "Those of a fault of ours, of tonight",
    },
  ]),
)
