import { DeadLetters } from "@concierge/core/services/DeadLetters.ts"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { typed, yes } from "../../ask.ts"
import { asJson } from "../../flags.ts"
import { records } from "../../places/records.ts"
import { json, out } from "../../print/write.ts"
import { onPlace, stage } from "../../where.ts"
import { wantedLetters, which, workLetters } from "./letters.ts"

export const drop = Command.make(
  "drop",
  { ...which, yes, json: asJson, stage },
  ({ json: wantsJson, stage, yes, ...given }) =>
    onPlace(records)(
      stage,
      Effect.gen(function* () {
        const count = yield* Stream.runCount(yield* wantedLetters(given))
        if (count > 0) {
          yield* typed(`${count} dead letters will be gone for good, and what people asked for with them.`, "drop", yes)
        }
        const { remove } = yield* DeadLetters
        const dropped = count === 0 ? [] : yield* workLetters(given, "dropped", ({ id }) => remove(id))
        yield* wantsJson ? json({ dropped: dropped.length }) : out(`${dropped.length} dead letters were dropped.`)
      }),
    ),
).pipe(
  Command.withDescription("Throw dead letters away; asks first"),
  Command.withExamples([
    { command: 'concierge dlq drop --reason "not ours"', description: "What somebody else wrote into the queue" },
  ]),
)
