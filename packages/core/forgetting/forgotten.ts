import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { answerTap } from "../delivery/answerTap.ts"
import { type Ending, finish } from "../delivery/finish.ts"
import { isBlank, isKept, releaseAs } from "../delivery/release.ts"
import type { ActionWork } from "../delivery/Work.ts"
import type { User } from "../onboarding/User.ts"
import { Tombstones } from "../services/Tombstones.ts"
import type { Iso } from "../Time.ts"
import { ignored } from "../updates/Outcome.ts"
import { doubtOf } from "./doubtOf.ts"

/** The mark of somebody forgotten before. Only an update seen before the record was created can ask, so that nobody else costs a read. */
export const tombstoneFor = Effect.fnUntraced(function* ({ userId }: ActionWork, { createdAt }: User, seenAt: Iso) {
  return seenAt > createdAt ? Option.none() : yield* (yield* Tombstones).get(userId)
})

/**
 * What came of an update from before the person was forgotten, or of one since that asks for nothing; undefined for all
 * others.
 */
export const forgottenEnding = (
  { action, eventId }: ActionWork,
  user: User,
  seenAt: Iso,
  tombstone: Effect.Success<ReturnType<Tombstones["Service"]["get"]>>,
): Ending | undefined => {
  if (Option.isNone(tombstone)) return undefined
  const { ambiguous, at, createdAt, event } = tombstone.value
  if (at < seenAt) {
    // Whoever deletes and then blocks has not come back.
    const isBack = !isBlank(user) || (action.trigger._tag !== "Membership" && action.trigger._tag !== "Edited")
    return isBack ? undefined : { outcome: ignored("forgotten") }
  }
  if (event !== eventId) return { outcome: ignored("forgotten") }
  // The very update that asked for it: its earlier attempt may not have got as far as the record.
  return user.createdAt === createdAt ? undefined : { outcome: "applied", ...doubtOf(ambiguous) }
}

/** Finishes an update of somebody who has been forgotten without bringing them back. */
export const finishForgotten = Effect.fnUntraced(function* (work: ActionWork, user: User, ending: Ending) {
  yield* answerTap(work)
  const kept = yield* isKept(work, user)
  // Telegram may have delivered it anew, and that been answered: it is told from others by its id alone.
  const lost = kept ? 0 : user.unresolved - 1
  // In this order: of several that end, the last one sees that nothing is awaited any more.
  yield* finish(work.eventId, { ...ending, ...doubtOf((ending.ambiguous ?? 0) + lost) }, true)
  yield* releaseAs(work, kept)
})
