import { eventIdFrom, findUpdate } from "@concierge/core/operate/findUpdate.ts"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { BadInput } from "../../BadInput.ts"
import { asJson } from "../../flags.ts"
import { records } from "../../places/records.ts"
import { progress } from "../../print/progress.ts"
import { json, out } from "../../print/write.ts"
import { onPlace, stage } from "../../where.ts"
import { storyOf } from "./story.ts"

const id = Argument.String("update").pipe(
  Argument.withDescription("The update's number, or the event's id with the bot before it: 4242:7"),
)

export const show = Command.make("show", { id, json: asJson, stage }, ({ id, json: wantsJson, stage }) =>
  onPlace(records)(
    stage,
    Effect.gen(function* () {
      if (!/^(\d+|\d+:\S+)$/.test(id)) {
        return yield* new BadInput({ advice: `"${id}" is no update: write its number, 7, or its event's id, 4242:7` })
      }
      yield* progress("dead letters are looked through")
      const found = yield* findUpdate(yield* eventIdFrom(id))
      if (found.event === undefined && found.deadLetters.length === 0) {
        const advice = `nothing is stored of update ${id}: it still waits on the queue, came to another bot, or never came`
        return yield* new BadInput({ advice })
      }
      yield* wantsJson ? json(found) : out(storyOf(found))
    }).pipe(Effect.scoped),
  ),
).pipe(
  Command.withDescription("Everything that is stored of one update: when, what came of it, what was sent"),
  Command.withExamples([{ command: "concierge update show 7 --stage prod", description: "By the number in the logs" }]),
)
