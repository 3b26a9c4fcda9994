import { gapOf } from "../attribution/Counted.ts"
import { nowhere } from "../attribution/Origin.ts"
import { millisBetween } from "../Time.ts"
import type { Outcome } from "../updates/Outcome.ts"
import { type Acted, isTooOld } from "./Acted.ts"
import type { Action } from "./Action.ts"
import type { Plan } from "./decide.ts"
import { latest } from "./Flow.ts"
import type { Unlocked } from "./profile.ts"
import { lastOf, otherOf } from "./touched.ts"
import { type Committed, isUnknown, type User } from "./User.ts"

export const countedOf = (user: User, after: Unlocked, acted: Acted, outcome: Outcome): Partial<Committed> => {
  const { action, countedAs, language, plan, sent, touch } = acted
  const run = startedBy(user, action, plan, outcome)
  const before = latest(user)
  const isReached = outcome === "applied" && plan._tag === "Advance"
  const gap = before !== undefined && sent?._tag === "Sent" ? gapOf(millisBetween(before.at, sent.begunAt)) : undefined
  const came = outcome === "ignored: expired" ? undefined : touch?.came
  const isFirstEnd = isReached && plan.step.kind === "finish" && user.run === 1
  if (!isReached && run === undefined && came === undefined) return {}
  return {
    language,
    ...(run !== undefined && { started: run }),
    ...(isReached && gap !== undefined && { gap }),
    ...(came !== undefined && { came }),
    ...(countedAs !== undefined && countedAs.shard > 0 && { shard: countedAs.shard }),
    ...(countedAs !== undefined && countedAs.origin !== nowhere && { origin: countedAs.origin }),
    ...(isFirstEnd ? lastOf(after) : came !== undefined && touch !== undefined && otherOf(after, touch)),
  }
}

/** The run that begins with this: the first with whatever somebody unknown does to be onboarded, any other with a /restart. */
const startedBy = (user: User, { trigger }: Action, plan: Plan, outcome: Outcome): number | undefined => {
  if (plan._tag === "Restart") return outcome === "applied" ? user.run + 1 : undefined
  if (!isUnknown(user)) return undefined
  const isStart = trigger._tag === "Start" ? !isTooOld(outcome) : outcome === "applied" && plan._tag === "Advance"
  return isStart ? user.run : undefined
}
