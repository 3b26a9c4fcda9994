import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { BadInput } from "../../BadInput.ts"
import { asJson } from "../../flags.ts"
import { records } from "../../places/records.ts"
import { json, out } from "../../print/write.ts"
import { onPlace, stage } from "../../where.ts"
import { found, understood } from "./found.ts"

const update = Argument.String("update").pipe(Argument.withDescription("The update's number, as parked list shows it"))
const any = { kind: Option.none(), user: Option.none(), older: Option.none(), younger: Option.none() }

export const show = Command.make("show", { update, json: asJson, stage }, ({ json: wantsJson, stage, update }) =>
  onPlace(records)(
    stage,
    Effect.gen(function* () {
      const { updates } = yield* found(any)
      const one = updates.find(({ updateId }) => String(updateId) === update)
      if (one === undefined) {
        return yield* new BadInput({ advice: `update ${update} is not parked. See: concierge parked list` })
      }
      if (wantsJson) return yield* json(one)
      const { eventId, json: body, kind, parkedAt, problem } = one
      yield* out(`${eventId}, ${kind}, parked ${parkedAt}\n${problem ?? understood}\n\n${body}`)
    }),
  ),
).pipe(
  Command.withDescription("One parked update whole, with what the person wrote"),
  Command.withExamples([{ command: "concierge parked show 7", description: "By the number in parked list" }]),
)
