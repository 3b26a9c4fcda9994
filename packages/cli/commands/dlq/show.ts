import { deadReasons } from "@concierge/core/operate/listDead.ts"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { BadInput } from "../../BadInput.ts"
import { asJson } from "../../flags.ts"
import { records } from "../../places/records.ts"
import { json, out } from "../../print/write.ts"
import { onPlace, stage } from "../../where.ts"
import { shown, workLetters } from "./letters.ts"

const update = Argument.String("update").pipe(Argument.withDescription("The update's number, as dlq list shows it"))

const any = {
  reason: Option.none(),
  kind: Option.none(),
  user: Option.none(),
  older: Option.none(),
  younger: Option.none(),
}

export const show = Command.make("show", { update, json: asJson, stage }, ({ json: wantsJson, stage, update }) =>
  onPlace(records)(
    stage,
    Effect.gen(function* () {
      const all = yield* workLetters(any, "dead letters", Effect.succeed)
      const found = all.filter((letter) => update === String(letter.update.attributes.updateId))
      if (found.length === 0) {
        return yield* new BadInput({ advice: `no dead letter is of update ${update}. See: concierge dlq list` })
      }
      const letters = found.map((letter) => ({ ...shown(letter), body: letter.update.body }))
      if (wantsJson) return yield* json(letters)
      for (const { body, reason, ...facts } of letters) {
        const rows = Object.entries({ ...facts, reason: `${reason}: ${deadReasons[reason]}` })
        const lines = rows.flatMap(([name, value]) => (value === undefined ? [] : [`${name.padEnd(14)}${value}`]))
        yield* out([...lines, "", body].join("\n"))
      }
    }),
  ),
).pipe(
  Command.withDescription("One dead letter whole, with what the person wrote"),
  Command.withExamples([{ command: "concierge dlq show 7", description: "By the number in dlq list" }]),
)
