import { currentShape } from "../stored/shape.ts"
import { type Iso, iso, millisBetween, plus } from "../Time.ts"
import { ignored, type Outcome } from "../updates/Outcome.ts"
import { type Acted, isTooOld } from "./Acted.ts"
import { countedOf } from "./countedOf.ts"
import { newState, type Step } from "./Flow.ts"
import { provesUnblocked } from "./membership.ts"
import type { Unlocked } from "./profile.ts"
import { touched } from "./touched.ts"
import type { Committed, Progress, Unseen, User } from "./User.ts"
import { unseenAfter } from "./unseen.ts"

export interface After {
  readonly user: Unlocked
  readonly committed: Committed
}

/**
 * The person after an update: state, profile, attribution, membership and the record of the update itself. `shown` is the
 * person with the profile that the update came with (`withProfile`).
 */
export const commit = (user: User, shown: Unlocked, acted: Acted): After => {
  const outcome = outcomeOf(acted)
  const after = touched(outcome === "applied" ? moved(shown, acted) : shown, acted, outcome)
  const committed = { ...committedOf(user, acted, outcome), ...countedOf(user, after, acted, outcome) }
  return {
    committed,
    user: {
      ...withUnseen(after, stillUnseen(user, acted, outcome)),
      ...started(user, acted, outcome),
      ...hinted(acted, outcome),
      ...membership(user, acted, outcome),
      ...(acted.plan._tag === "Say" && acted.plan.language !== undefined && { language: acted.plan.language }),
      recent: { ...without(user.recent, acted.prune), [acted.event]: committed },
      unresolved: 0,
      ambiguous: user.ambiguous + ambiguousOf(user, acted),
      updatedAt: committed.at,
      shape: currentShape,
    },
  }
}

const outcomeOf = ({ plan, sent }: Acted): Outcome => {
  if (sent?._tag === "Blocked") return ignored("blocked")
  if (sent?._tag === "Undeliverable") return ignored("undeliverable")
  if (sent?._tag === "Unseen") return ignored("unseen")
  return plan._tag === "Note" ? plan.outcome : "applied"
}

const committedOf = (user: User, acted: Acted, outcome: Outcome): Committed => {
  const { now, plan, sent } = acted
  const ambiguous = ambiguousOf(user, acted)
  const made: Committed = {
    outcome,
    at: momentOf(user, now),
    run: user.run,
    ...(outcome === "applied" && plan._tag === "Advance" && reachedBy(user, plan.step)),
    ...(outcome === "applied" && plan._tag === "Restart" && isUnderWay(user) && { left: user.state }),
    ...(sent?._tag === "Sent" && sent.degraded && { degraded: true }),
    ...(ambiguous > 0 && { ambiguous }),
  }
  const isOfSession = made.opened === true || made.finished === true || made.left !== undefined
  return isOfSession ? { ...made, sessionId: user.sessionId } : made
}

const reachedBy = (user: User, { kind, state }: Step): Partial<Committed> => ({
  reached: state,
  ...(Object.keys(user.state_progress).length === 0 && { opened: true }),
  ...(kind === "finish" && { finished: true }),
})

const isUnderWay = ({ finished_at, state_progress }: User): boolean =>
  finished_at === undefined && Object.keys(state_progress).length > 0

/** Of two commits the second is later, whatever the clocks of two workers say: the end of a run replaces its start. */
const momentOf = ({ updatedAt }: User, now: Iso): Iso => (now < updatedAt ? plus(updatedAt, 1) : now)

/** All begins but this one, and the one whose message is known to have arrived, that were never released. */
const ambiguousOf = (user: User, { isProven = false }: Acted): number =>
  Math.max(0, user.unresolved - (isProven ? 2 : 1))

const moved = (user: Unlocked, { newSessionId, now, plan, sent, updateId }: Acted): Unlocked => {
  const [at, sentAt] = sent?._tag === "Sent" ? [sent.begunAt, sent.sentAt] : [now, now]
  switch (plan._tag) {
    case "Restart": {
      const { answers: _answers, finished_at: _finished, ...stays } = user
      const run = { run: user.run + 1, version: user.version + 1, sessionId: newSessionId }
      return { ...stays, ...run, state: newState, state_progress: {} }
    }
    case "Advance": {
      const { id, kind, state } = plan.step
      return {
        ...user,
        state,
        version: user.version + 1,
        state_progress: { ...user.state_progress, [id]: sentThen({ state, at, updateId }, sentAt) },
        ...(plan.answer !== undefined && { answers: { ...user.answers, ...plan.answer } }),
        ...(kind === "finish" && { finished_at: at }),
      }
    }
    case "Repeat": {
      const had = user.state_progress[plan.step.id]
      if (had === undefined) return user
      return { ...user, state_progress: { ...user.state_progress, [plan.step.id]: sentThen(had, sentAt) } }
    }
    default:
      return user
  }
}

const sentThen = ({ at, state, updateId }: Progress, sentAt: Iso): Progress => {
  const took = millisBetween(at, sentAt)
  return { state, at, updateId, ...(took > 0 && { took }) }
}

/** What a /restart leaves behind proves nothing of the next run. */
const stillUnseen = (user: User, { event, now, plan, sent }: Acted, outcome: Outcome): Unseen => {
  if (outcome === "applied" && plan._tag === "Restart") return {}
  const isOver = plan._tag === "Advance" && (outcome === "applied" || sent?._tag === "Unseen")
  const step = isOver ? ({ id: plan.step.id, is: outcome === "applied" ? "sent" : "given up" } as const) : undefined
  return unseenAfter(user, { event, now, step })
}

const withUnseen = ({ unseen: _, ...user }: Unlocked, unseen: Unseen): Unlocked =>
  Object.keys(unseen).length === 0 ? user : { ...user, unseen }

const started = (user: User, { action }: Acted, outcome: Outcome): Partial<User> => {
  if (action.trigger._tag !== "Start" || isTooOld(outcome)) return {}
  const { at } = action
  const first = user.first_start_ts === undefined || at < user.first_start_ts ? at : user.first_start_ts
  if (user.last_start_ts !== undefined && at < user.last_start_ts) return { first_start_ts: first }
  return { first_start_ts: first, last_start_ts: at }
}

const hinted = ({ action, plan }: Acted, outcome: Outcome): Partial<User> =>
  plan._tag === "Say" && plan.saying === "hint" && outcome === "applied" ? { hinted_at: action.at } : {}

const membership = (user: User, { action, now, sent }: Acted, outcome: Outcome): Partial<User> => {
  if (sent?._tag === "Blocked") {
    const at = iso(`${now.slice(0, 19)}.000Z`)
    return { blocked: true, membership_at: at }
  }
  if (action.trigger._tag === "Membership") {
    return outcome === "applied" ? { blocked: action.trigger.blocked, membership_at: action.at } : {}
  }
  return user.blocked && provesUnblocked(user, action) ? { blocked: false, membership_at: action.at } : {}
}

const without = <A>(record: Readonly<Record<string, A>>, keys: ReadonlyArray<string>): Record<string, A> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)))
