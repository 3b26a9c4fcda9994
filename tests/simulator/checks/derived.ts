import type { Check } from "./Evidence.ts"

/** The funnel counts every step once; one of a person who was forgotten before it was counted may be missing. */
export const funnel: Check = ({ counts, events, moves, schedule }) =>
  schedule.brand.flow.steps.flatMap(({ state }) => {
    const steps = moves.filter(({ after }) => after.state === state)
    const truth = steps.length
    const certain = steps.filter(({ event }) => events.get(event)?.outcome !== "ignored: forgotten").length
    const count = counts.get(state) ?? 0
    return certain <= count && count <= truth ? [] : [`FUNNEL ${state}: ${count}, in truth ${truth}`]
  })

/** Every run that began has its session, in the state that it ended in. */
export const sessions: Check = ({ forgotten, moves, sessions }) =>
  moves.flatMap(({ after, before, userId }) => {
    const isBegun = Object.keys(before.state_progress).length > 0
    const isEnd = after.finished_at !== undefined || after.run !== before.run
    if (forgotten.has(userId) || (after.run !== before.run && !isBegun)) return []
    if (!isEnd && isBegun) return []
    const state = after.run === before.run ? after.state : before.state
    const session = sessions.get(before.sessionId)
    if (session === undefined) return [`SESSION of ${userId}, run ${before.run}: none`]
    const isSo = session.state === state || !isEnd
    return isSo ? [] : [`SESSION of ${userId}, run ${before.run}: ${session.state}, in truth ${state}`]
  })
