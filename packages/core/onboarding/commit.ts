import { keptPayload } from "../attribution/StartPayload.ts"
import { type Iso, plus } from "../Time.ts"
import type { Action } from "./Action.ts"
import { type Plan, provesUnblocked, stateAfter } from "./decide.ts"
import type { Attribution, Result, User } from "./User.ts"

/** What is known of an update once it has been acted on. */
export interface Done {
  readonly event: string
  readonly updateId: string
  readonly action: Action
  readonly plan: Plan
  readonly outcome: Result["outcome"]
  readonly now: Iso
  /** When the message began to be sent, and when Telegram had it. */
  readonly begunAt?: Iso
  readonly sentAt?: Iso
  readonly degraded?: boolean
  /** Telegram refused the send because the person has blocked the bot. */
  readonly blocked?: boolean
  readonly attribution?: Attribution
  /** Of the run that a /restart opens. */
  readonly newSessionId: string
  /** Ids whose events are finished, so that no repeat of theirs needs to be recognised here. */
  readonly prune: ReadonlyArray<string>
}

/** The outcome that everything after the commit is derived from. */
export const resultOf = (user: User, done: Done): Result => ({
  outcome: done.outcome,
  at: momentOf(user, done),
  run: user.run,
  sessionId: user.sessionId,
  ...(isAdvance(done) && { reached: stateAfter[done.plan.step] }),
  ...(isRestart(done) && { left: user.state }),
  ...(done.degraded === true && { degraded: true }),
  ...(ambiguousOf(user) > 0 && { ambiguous: ambiguousOf(user) }),
})

/** Of two commits the second is later, whatever the clocks of two workers say: the end of a run replaces its start. */
const momentOf = ({ updatedAt }: User, { now }: Done): Iso => (now < updatedAt ? plus(updatedAt, 1) : now)

/** All begins but this one that were never released. */
const ambiguousOf = (user: User): number => Math.max(0, user.unresolved - 1)

/** The person after an update: state, profile, attribution, membership and the record of the update itself. */
export const after = (user: User, done: Done): User => {
  const { lock: _lock, not_before: _notBefore, ...rest } = user
  return {
    ...withProfile(rest, done.action),
    ...started(user, done),
    ...attributed(user, done),
    ...membership(user, done),
    ...moved(user, done),
    ...(done.plan._tag === "Say" && done.plan.language !== undefined && { language: done.plan.language }),
    recent: { ...without(user.recent, done.prune), [done.event]: resultOf(user, done) },
    unresolved: 0,
    ambiguous: user.ambiguous + ambiguousOf(user),
    updatedAt: momentOf(user, done),
  }
}

/** A person apart from what a delivery holds on to. */
export type Unlocked = Omit<User, "lock" | "not_before">

type Advanced = Done & { readonly plan: Extract<Plan, { readonly _tag: "Advance" }> }

const isApplied = (done: Done): boolean => done.outcome === "applied"
const isAdvance = (done: Done): done is Advanced => isApplied(done) && done.plan._tag === "Advance"
const isRestart = (done: Done): boolean => isApplied(done) && done.plan._tag === "Restart"

const moved = (user: User, done: Done): Partial<User> => {
  if (isRestart(done)) {
    return {
      state: "NEW",
      state_progress: {},
      run: user.run + 1,
      version: user.version + 1,
      sessionId: done.newSessionId,
    }
  }
  if (isAdvance(done)) {
    const state = stateAfter[done.plan.step]
    const entry = { at: done.begunAt ?? done.now, updateId: done.updateId, sentAt: done.sentAt ?? done.now }
    return { state, version: user.version + 1, state_progress: { ...user.state_progress, [state]: entry } }
  }
  if (isApplied(done) && done.plan._tag === "Repeat") {
    const state = stateAfter[done.plan.step]
    const entry = user.state_progress[state]
    const sentAt = done.sentAt ?? done.now
    return entry === undefined ? {} : { state_progress: { ...user.state_progress, [state]: { ...entry, sentAt } } }
  }
  return {}
}

/** The newest update knows the person best, in whatever order they come. */
export const withProfile = (user: Unlocked, { at, person }: Action): Unlocked => {
  if (user.profile_at !== undefined && at < user.profile_at) return user
  const { username: _username, firstName: _first, lastName: _last, languageCode: _code, ...rest } = user
  const { username, first_name, last_name, language_code } = person
  return {
    ...rest,
    profile_at: at,
    ...(username !== undefined && { username }),
    ...(first_name !== undefined && { firstName: first_name }),
    ...(last_name !== undefined && { lastName: last_name }),
    ...(language_code !== undefined && { languageCode: language_code }),
  }
}

const started = (user: User, { action, outcome }: Done): Partial<User> => {
  if (action.trigger._tag !== "Start" || isTooOld(outcome)) return {}
  const { at } = action
  const first = user.first_start_ts === undefined || at < user.first_start_ts ? at : user.first_start_ts
  if (user.last_start_ts !== undefined && at < user.last_start_ts) return { first_start_ts: first }
  return { first_start_ts: first, last_start_ts: at, last_start_payload: keptPayload(action.trigger.payload) }
}

const isTooOld = (outcome: Done["outcome"]): boolean => outcome === "ignored: stale" || outcome === "ignored: expired"

/** Also by a /start that is stale: who typed another while Telegram was down still came by the campaign's link. */
const attributed = (user: User, { action, attribution, outcome }: Done): Partial<User> =>
  attribution === undefined || user.attributed_at !== undefined || outcome === "ignored: expired"
    ? {}
    : { ...attribution, attributed_at: action.at }

const membership = (user: User, done: Done): Partial<User> => {
  const { action, now } = done
  if (done.blocked === true) {
    const at = `${now.slice(0, 19)}.000Z`
    return { blocked: true, membership_at: at }
  }
  if (action.trigger._tag === "Membership") {
    return isApplied(done) ? { blocked: action.trigger.blocked, membership_at: action.at } : {}
  }
  return user.blocked && provesUnblocked(user, action) ? { blocked: false, membership_at: action.at } : {}
}

const without = <A>(record: Readonly<Record<string, A>>, keys: ReadonlyArray<string>): Record<string, A> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)))
