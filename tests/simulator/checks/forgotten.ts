import { SessionId } from "@concierge/core/ids.ts"
import type { Write } from "../History.ts"
import type { Check } from "./Evidence.ts"
import { isHeldBack } from "./revived.ts"

/** Whoever asked to be forgotten, and was told so, is. */
export const forgotten: Check = ({ deeds, events, history }) =>
  [...deeds].flatMap(([eventId, { name }]) => {
    if (!name.startsWith("forget:") || events.get(eventId)?.outcome !== "applied") return []
    const mine = history.writes.filter(({ event }) => event === eventId)
    // A yes that came too late is answered, and committed like any other tap.
    const isDone = mine.some(({ after, method }) => after === undefined || method === "Users.commit")
    return isDone ? [] : [`FORGET ${eventId} is applied, and nobody was deleted`]
  })

/**
 * With a record goes everything that was written down of its runs. Not a write that the network held back until after it:
 * no condition on one item can see that another was deleted.
 */
export const traceless: Check = ({ events, history: { injected, writes }, sessions }) =>
  writes.flatMap(({ after, at, userId }, index) => {
    if (after !== undefined) return []
    const before = writes.slice(0, index).filter((write) => write.userId === userId)
    const runs = new Set(before.flatMap(({ after, before }) => [after?.sessionId, before?.sessionId]))
    if (isHeldBack(injected, "Sessions.save", userId)) return []
    // A begin that took effect twice has brought a deleted, blank record back: its run began only then.
    const left = [...sessions].flatMap(([id, { createdAt }]) =>
      runs.has(SessionId.make(id)) && Date.parse(createdAt) < at ? [id] : [],
    )
    const named = before.filter(isCommit).filter(({ event }) => events.get(event)?.userId !== undefined)
    return [
      ...left.map((id) => `TRACE of ${userId}: session ${id} outlived them`),
      ...named.map(({ event }) => `TRACE of ${userId}: event ${event} still names them`),
    ]
  })

const isCommit = ({ method }: Write): boolean => method === "Users.commit"
