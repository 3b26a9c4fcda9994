import { gapOf } from "../attribution/Counted.ts"
import { nowhere } from "../attribution/Origin.ts"
import { keptPayload } from "../attribution/StartPayload.ts"
import type { Touch } from "../attribution/Touch.ts"
import type { Locale } from "../brand/Locale.ts"
import type { EventId, SessionId } from "../ids.ts"
import type { SendResult } from "../services/SendResult.ts"
import { currentShape } from "../stored/shape.ts"
import { type Iso, iso, millisBetween, plus } from "../Time.ts"
import { ignored, type Outcome } from "../updates/Outcome.ts"
import type { Action } from "./Action.ts"
import { type Plan, provesUnblocked } from "./decide.ts"
import { latest, newState, type Step } from "./Flow.ts"
import { type Committed, isUnknown, type Unseen, type User } from "./User.ts"
import { unseenAfter } from "./unseen.ts"

/** What is known of an update once it has been acted on: all that the person afterwards is made of. */
export interface Acted {
  readonly event: EventId
  readonly updateId: string
  readonly action: Action
  readonly plan: Plan
  /** What became of its message; undefined where it sends none. */
  readonly sent: SendResult | undefined
  /** That it arrived is known by a tap on it, and the begin under way is the tap's. */
  readonly isProven?: boolean
  readonly now: Iso
  readonly touch: Touch | undefined
  /** As what the funnel counts what sent them, by its id; undefined where it need not know. */
  readonly origin: string | undefined
  /** The one they are spoken to in. */
  readonly language: Locale
  /** Of the run that a /restart opens. */
  readonly newSessionId: SessionId
  /** Ids whose events are finished, so that no repeat of theirs needs to be recognised here. */
  readonly prune: ReadonlyArray<EventId>
}

/** The person after an update, with what it came to among their latest. */
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
  return {
    outcome,
    at: momentOf(user, now),
    run: user.run,
    sessionId: user.sessionId,
    ...(outcome === "applied" && plan._tag === "Advance" && reachedBy(user, plan.step)),
    ...(outcome === "applied" && plan._tag === "Restart" && isUnderWay(user) && { left: user.state }),
    ...(sent?._tag === "Sent" && sent.degraded && { degraded: true }),
    ...(ambiguous > 0 && { ambiguous }),
  }
}

const reachedBy = (user: User, { kind, state }: Step): Partial<Committed> => ({
  reached: state,
  ...(Object.keys(user.state_progress).length === 0 && { opened: true }),
  ...(kind === "finish" && { finished: true }),
})

/** What the funnel counts of it. */
const countedOf = (user: User, after: Unlocked, acted: Acted, outcome: Outcome): Partial<Committed> => {
  const { action, language, origin = nowhere, plan, sent, touch } = acted
  const run = startedBy(user, action, plan, outcome)
  const before = latest(user)
  const isReached = outcome === "applied" && plan._tag === "Advance"
  const gap = before !== undefined && sent?._tag === "Sent" ? gapOf(millisBetween(before.at, sent.begunAt)) : undefined
  const came = outcome === "ignored: expired" ? undefined : touch?.came
  if (!isReached && run === undefined && came === undefined) return {}
  return {
    language,
    ...(run !== undefined && { started: run }),
    ...(isReached && gap !== undefined && { gap }),
    ...(came !== undefined && { came }),
    ...(origin !== nowhere && { origin }),
    ...lastOf(after),
  }
}

/** The run that begins with this: the first with whatever somebody unknown does to be onboarded, any other with a /restart. */
const startedBy = (user: User, { trigger }: Action, plan: Plan, outcome: Outcome): number | undefined => {
  if (plan._tag === "Restart") return outcome === "applied" ? user.run + 1 : undefined
  if (!isUnknown(user)) return undefined
  const isStart = trigger._tag === "Start" ? !isTooOld(outcome) : outcome === "applied" && plan._tag === "Advance"
  return isStart ? user.run : undefined
}

/** The last touch, where the first was another. */
const lastOf = ({ attributed_at, last_link = "-", last_touch_at, linkId }: Unlocked): { readonly last?: string } =>
  attributed_at === undefined || last_touch_at === undefined || last_touch_at < attributed_at || last_link === linkId
    ? {}
    : { last: last_link }

const isUnderWay = ({ finished_at, state_progress }: User): boolean =>
  finished_at === undefined && Object.keys(state_progress).length > 0

/** Of two commits the second is later, whatever the clocks of two workers say: the end of a run replaces its start. */
const momentOf = ({ updatedAt }: User, now: Iso): Iso => (now < updatedAt ? plus(updatedAt, 1) : now)

/** All begins but this one, and the one whose message is known to have arrived, that were never released. */
const ambiguousOf = (user: User, { isProven = false }: Acted): number =>
  Math.max(0, user.unresolved - (isProven ? 2 : 1))

/** A person apart from what a delivery holds on to. */
export type Unlocked = Omit<User, "lock" | "not_before">

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
        state_progress: { ...user.state_progress, [id]: { state, at, updateId, sentAt } },
        ...(plan.answer !== undefined && { answers: { ...user.answers, ...plan.answer } }),
        ...(kind === "finish" && { finished_at: at }),
      }
    }
    case "Repeat": {
      const had = user.state_progress[plan.step.id]
      if (had === undefined) return user
      return { ...user, state_progress: { ...user.state_progress, [plan.step.id]: { ...had, sentAt } } }
    }
    default:
      return user
  }
}

/** A person as they are outside of a delivery. */
export const unlocked = ({ lock: _lock, not_before: _notBefore, ...rest }: User): Unlocked => rest

/**
 * The newest update knows the person best, in whatever order they come. Telegram leaves a username or a last name out
 * where there is none, but a language now and then; all names, when it does not know the person's first.
 */
export const withProfile = (user: Unlocked, { at, person }: Action): Unlocked => {
  if (user.profile_at !== undefined && at < user.profile_at) return user
  const { first_name, language_code, last_name, username } = person
  const told = { ...user, profile_at: at, ...(language_code !== undefined && { languageCode: language_code }) }
  if (first_name === undefined || first_name === "") return told
  const { lastName: _last, username: _username, ...rest } = told
  return {
    ...rest,
    firstName: first_name,
    ...(username !== undefined && { username }),
    ...(last_name !== undefined && { lastName: last_name }),
  }
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
  return { first_start_ts: first, last_start_ts: at, last_start_payload: keptPayload(action.trigger.payload) }
}

const hinted = ({ action, plan }: Acted, outcome: Outcome): Partial<User> =>
  plan._tag === "Say" && plan.saying === "hint" && outcome === "applied" ? { hinted_at: action.at } : {}

const isTooOld = (outcome: Outcome): boolean => outcome === "ignored: stale" || outcome === "ignored: expired"

/**
 * The first /start that was understood says for good what sent the person, also when it is stale: who typed another while
 * Telegram was down still came by the campaign's link. Any other is the last one, until a later one comes.
 */
const touched = (user: Unlocked, { action: { at }, touch }: Acted, outcome: Outcome): Unlocked => {
  if (touch === undefined || outcome === "ignored: expired") return user
  const { attribution, came } = touch
  if (user.attributed_at === undefined && came !== "not understood") {
    return { ...user, ...attribution, attributed_at: at }
  }
  if (at < lastTouchAt(user)) return user
  const { last_click: _click, last_link: _link, last_ref_code: _code, last_utm: _utm, ...rest } = user
  const { clickId, linkId, ref_code, utm } = attribution
  return {
    ...rest,
    last_touch_at: at,
    ...(linkId !== undefined && { last_link: linkId }),
    ...(clickId !== undefined && { last_click: clickId }),
    ...(ref_code !== undefined && { last_ref_code: ref_code }),
    ...(utm !== undefined && { last_utm: utm }),
  }
}

/** Before any other moment. */
const never = iso("")

const lastTouchAt = ({ attributed_at = never, last_touch_at = never }: Unlocked): Iso =>
  last_touch_at > attributed_at ? last_touch_at : attributed_at

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
