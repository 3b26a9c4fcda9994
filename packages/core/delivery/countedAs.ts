import * as Effect from "effect/Effect"
import { originId, originOf } from "../attribution/Origin.ts"
import type { Touch } from "../attribution/Touch.ts"
import type { CountedAs } from "../onboarding/Acted.ts"
import type { Plan } from "../onboarding/decide.ts"
import type { User } from "../onboarding/User.ts"
import { Funnel } from "../services/Funnel.ts"
import type { Iso } from "../Time.ts"

/**
 * As what the funnel counts what sent somebody: before the send, since a write that fails after it makes it doubtful. Kept
 * with the commit, so that whoever has to count it again counts it there.
 */
export const countedAs = Effect.fnUntraced(function* (user: User, plan: Plan, touch: Touch | undefined, now: Iso) {
  if (plan._tag !== "Advance" && plan._tag !== "Restart" && touch === undefined) return undefined
  const first = touch?.came === "not understood" ? undefined : touch?.attribution
  const origin = originOf((user.attributed_at === undefined ? first : user) ?? {})
  const funnel = yield* Funnel
  return { origin: originId(yield* funnel.admit(origin, now)), shard: funnel.shard } satisfies CountedAs
})
