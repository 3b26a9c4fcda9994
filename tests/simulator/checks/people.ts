import type { Check } from "./Evidence.ts"

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
