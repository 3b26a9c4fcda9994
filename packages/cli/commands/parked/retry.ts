import { redriveParked } from "@concierge/core/operate/redriveParked.ts"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { Found } from "../../Found.ts"
import { asJson, toggle } from "../../flags.ts"
import { records } from "../../places/records.ts"
import { are } from "../../print/are.ts"
import { progress } from "../../print/progress.ts"
import { err, json, out } from "../../print/write.ts"
import { onPlace, stage } from "../../where.ts"
import { filters } from "../wanted.ts"
import { found } from "./found.ts"

const all = toggle("all", "Also those that this version of the tool does not understand")

export const retry = Command.make(
  "retry",
  { ...filters, all, json: asJson, stage },
  ({ all, json: wantsJson, stage, ...given }) =>
    onPlace(records)(
      stage,
      Effect.gen(function* () {
        const { unreadable, updates } = yield* found(given)
        const ready = updates.filter(({ problem }) => all || problem === undefined)
        const tell = yield* progress("on the queue")
        let done = 0
        yield* Effect.forEach(
          ready,
          (each) =>
            Effect.uninterruptible(
              Effect.tap(redriveParked(each), () => Effect.sync(() => tell(++done, ready.length))),
            ),
          { concurrency: 10, discard: true },
        ).pipe(Effect.onInterrupt(() => err(`${done} are on the queue again, the others are as they were`)))
        const left = updates.length - ready.length + unreadable.length
        if (wantsJson) yield* json({ retried: ready.length, left })
        else {
          yield* out(
            ready.length === 0
              ? "Nothing is parked that this version understands."
              : `${are(ready.length)} on the queue again; each stays parked until it is worked.`,
          )
          if (left > 0) yield* out(`${are(left)} not understood by this version: concierge parked list`)
        }
        if (left > 0) return yield* new Found()
      }).pipe(Effect.scoped),
    ),
).pipe(
  Command.withDescription("Have parked updates worked again, when a deployed version understands them"),
  Command.withExamples([
    {
      command: "concierge parked retry --stage prod",
      description: "After a version that understands them was deployed",
    },
  ]),
)
