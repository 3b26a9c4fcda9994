import type { Check } from "./Evidence.ts"

/** Whoever asked to be forgotten, and was told so, is. */
export const forgotten: Check = ({ deeds, events, history }) =>
  [...deeds].flatMap(([eventId, { name }]) => {
    if (!name.startsWith("forget:") || events.get(eventId)?.outcome !== "applied") return []
    const mine = history.writes.filter(({ event }) => event === eventId)
    // A yes that came too late is answered, and committed like any other tap.
    const isDone = mine.some(({ after, method }) => after === undefined || method === "Users.commit")
    return isDone ? [] : [`FORGET ${eventId} is applied, and nobody was deleted`]
  })
