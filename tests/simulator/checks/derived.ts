import type { Check } from "./Evidence.ts"

/** The funnel counts every step once, also of people who are forgotten since. */
export const funnel: Check = ({ counts, moves, schedule }) =>
  schedule.brand.flow.steps.flatMap(({ state }) => {
    const truth = moves.filter(({ after }) => after.state === state).length
    const count = counts.get(state) ?? 0
    return count === truth ? [] : [`FUNNEL ${state}: ${count}, in truth ${truth}`]
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
