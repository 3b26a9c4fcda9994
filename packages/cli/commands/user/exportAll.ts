import { writeFile } from "node:fs/promises"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { BadInput } from "../../BadInput.ts"
import { asJson } from "../../flags.ts"
import { records } from "../../places/records.ts"
import { json, out } from "../../print/write.ts"
import { onPlace, stage } from "../../where.ts"
import { person, somebody } from "./person.ts"

const file = Flag.String("file").pipe(
  Flag.withDescription("Write it to this new file, which only you can read"),
  Flag.optional,
)

export const exportAll = Command.make(
  "export",
  { person, file, json: asJson, stage },
  ({ file, json: wantsJson, person, stage }) =>
    onPlace(records)(
      stage,
      Effect.gen(function* () {
        const exported = yield* somebody(person)
        if (Option.isNone(file)) return yield* json(exported)
        const text = `${JSON.stringify(exported, null, 2)}\n`
        yield* Effect.tryPromise({
          try: () => writeFile(file.value, text, { flag: "wx", mode: 0o600 }),
          catch: (cause) => new BadInput({ advice: `${file.value} was not written: ${cause}` }),
        })
        yield* wantsJson
          ? json({ file: file.value, userId: exported.userId })
          : out(`${file.value} holds all that is stored of ${exported.userId}.`)
      }),
    ),
).pipe(
  Command.withDescription("All that is stored of somebody, as JSON: for whoever asks what is known of them"),
  Command.withExamples([
    { command: "concierge user export 1001 --file 1001.json", description: "Into a file that only you can read" },
  ]),
)
