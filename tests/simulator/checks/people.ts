import type { Check } from "./Evidence.ts"

const understood = ["ref_summer24", "partner-7", "l_0123456789abcdef"]

/** Who sent a person is set by the first /start that was understood, and never changes. */
export const attribution: Check = ({ deeds, history }) =>
  history.writes.flatMap(({ after, before, event, method }) => {
    if (after === undefined) return []
    const [was, is] = [before, after].map((user) => JSON.stringify([user?.attributed_at, user?.ref_code, user?.utm]))
    if (before?.attributed_at !== undefined) return was === is ? [] : [`ATTRIBUTION changed by ${event}`]
    const { payload } = deeds.get(event) ?? {}
    const outcome = after.recent[event]?.outcome
    const isFirst = method === "Users.commit" && payload !== undefined && understood.includes(payload)
    if (!isFirst || outcome === undefined) return was === is ? [] : [`ATTRIBUTION by ${event}`]
    return after.ref_code === payload ? [] : [`ATTRIBUTION by ${event}: ${after.ref_code} for ${payload}`]
  })

/** The newest message knows a person best, in whatever order they come. */
export const profile: Check = ({ deeds, events, forgotten, users }) =>
  users.flatMap(({ firstName, profile_at, userId }) => {
    if (forgotten.has(userId)) return []
    const mine = [...deeds].filter(
      ([eventId, deed]) => deed.userId === userId && events.get(eventId)?.outcome !== undefined,
    )
    const newest = Math.max(...mine.map(([, { date = 0 }]) => date))
    const names = mine.filter(([, { date }]) => date === undefined || date === newest).map(([, deed]) => deed.firstName)
    const isNewest = newest === 0 || (profile_at !== undefined && Date.parse(profile_at) >= newest)
    return isNewest && names.includes(firstName ?? "") ? [] : [`PROFILE of ${userId} is ${firstName} of ${profile_at}`]
  })
