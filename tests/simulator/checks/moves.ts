import { newState } from "@concierge/core/onboarding/Flow.ts"
import type { User } from "@concierge/core/onboarding/User.ts"
import type { Check } from "./Evidence.ts"
import { isLegalStep } from "./steps.ts"

/** An update changes the state once at most, and says so; unless the person was forgotten before it could. */
export const once: Check = ({ events, forgotten, moves }) => {
  const byEvent = Object.entries(Object.groupBy(moves, ({ event }) => event))
  return byEvent.flatMap(([event, changes = []]) => {
    const outcome = events.get(event)?.outcome
    const isForgotten = outcome === "ignored: forgotten" && changes.some(({ userId }) => forgotten.has(userId))
    return [
      ...(changes.length > 1 ? [`TWICE ${event} changed the state ${changes.length} times`] : []),
      ...(outcome === "applied" || isForgotten ? [] : [`TWICE ${event} changed the state, and ended as ${outcome}`]),
    ]
  })
}

/** Legal edges only; the version counts them and nothing else. */
export const edgesOnly: Check = (evidence) => [
  ...evidence.moves.flatMap((move) => {
    const { after, before, event } = move
    const isRestart =
      after.run === before.run + 1 &&
      after.state === newState &&
      isEmpty(after.state_progress) &&
      after.answers === undefined
    const isStep = after.run === before.run && isLegalStep(move, evidence)
    return [
      ...(isRestart || isStep ? [] : [`EDGE ${placeOf(before)} to ${placeOf(after)} by ${event}`]),
      ...(after.version === before.version + 1
        ? []
        : [`EDGE version ${before.version} to ${after.version} by ${event}`]),
      ...(isRestart === (after.sessionId !== before.sessionId) ? [] : [`EDGE the session of ${event} is wrong`]),
    ]
  }),
  ...evidence.history.writes.flatMap(({ after, before, event, method }) => {
    if (before === undefined) {
      const isNew = method === "Users.begin" && after?.state === newState && after.version === 0 && after.run === 1
      return isNew ? [] : [`EDGE ${method} of ${event} made a person out of nothing`]
    }
    if (after === undefined) {
      const isAsked = evidence.deeds.get(event)?.name.startsWith("forget:") === true
      const isBlank = before.version === 0 && isEmpty(before.recent)
      return method === "Users.remove" && (isAsked || isBlank) ? [] : [`EDGE ${method} of ${event} deleted a person`]
    }
    if (before.state === after.state && before.run === after.run && before.version !== after.version) {
      return [`EDGE ${method} of ${event} changed the version alone`]
    }
    const isLock = method === "Users.begin" || method === "Users.release"
    return isLock && restOf(before) !== restOf(after) ? [`EDGE ${method} of ${event} changed more than the lock`] : []
  }),
]

const isEmpty = (record: object): boolean => Object.keys(record).length === 0

const placeOf = ({ run, state }: User): string => `${state} of run ${run}`

/** What only a commit may write. */
const restOf = ({ lock: _, not_before: __, unresolved: ___, unseen: ____, ...rest }: User): string =>
  JSON.stringify(rest)
