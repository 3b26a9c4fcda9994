import { listParked } from "@concierge/core/operate/listParked.ts"
import { isWanted } from "@concierge/core/operate/Wanted.ts"
import * as Effect from "effect/Effect"
import { progress } from "../../print/progress.ts"
import { type Filters, wantedOf } from "../wanted.ts"

/** More than ever were, and few enough to be held. */
const most = 100_000

export const found = Effect.fnUntraced(function* (given: Filters) {
  const wanted = yield* wantedOf(given)
  yield* progress("events are looked through")
  const { unreadable, updates } = yield* listParked(most)
  return {
    unreadable,
    updates: updates.filter((each) => isWanted(wanted, { ...each, receivedAt: each.parkedAt, reason: "" })),
  }
}, Effect.scoped)

export const understood = "understood now"
