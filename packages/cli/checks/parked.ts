import { Parked } from "@concierge/core/services/Parked.ts"
import * as Effect from "effect/Effect"
import { type Check, ok, wrong } from "./Check.ts"

/** Beyond these it is enough to know that there are many. */
const most = 100

export const parked = (stage: string | undefined): Check<Parked> => ({
  name: "parked updates",
  look: Effect.gen(function* () {
    const { list } = yield* Parked
    const { length } = yield* list(most)
    const mend = `npx concierge parked list${stage === undefined ? "" : ` --stage ${stage}`}`
    return length === 0
      ? ok("none")
      : wrong(`${length}${length === most ? " or more" : ""}, of a form that is not known`, mend)
  }).pipe(
    Effect.catch(() =>
      Effect.succeed(wrong("the events cannot be read", "see the lines above: account, tables, data")),
    ),
  ),
})
