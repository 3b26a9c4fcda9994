import type { Fault, Method, Point } from "../Faults.ts"
import type { Write } from "../History.ts"
import { isBlank } from "../isBlank.ts"
import { epoch } from "../Schedule.ts"
import type { Check, Evidence } from "./Evidence.ts"

/**
 * No record stays that nothing has come of: somebody forgotten would be in a table for good. Unless the network held the
 * begin that made it back until all had ended; even that one goes when what it began comes again.
 */
export const blank: Check = ({ history, users }) => [
  ...[...history.blanks].flatMap(([userId, event]) =>
    isHeldBack(history.injected, "Users.begin", event) ? [] : [`BLANK ${userId} stays, made for ${event}`],
  ),
  ...users.filter(isBlank).map(({ userId }) => `BLANK ${userId} stays, whatever comes again`),
]

/** What came before a deletion neither changes the person after it nor says anything to them. */
export const revived: Check = (evidence) => {
  const { history } = evidence
  return deletionsOf(evidence).flatMap((deletion) => {
    const isEarlier = earlierThan(evidence, deletion)
    const isRevived = (event: string, userId: string, at: number): boolean =>
      userId === deletion.userId && event !== deletion.event && at > deletion.at && isEarlier(event)
    const who = `${deletion.userId}, whom ${deletion.event} deleted`
    return [
      ...history.writes
        .filter(({ at, event, method, userId }) => method === "Users.commit" && isRevived(event, userId, at))
        .map(({ event }) => `REVIVED ${who}: by ${event}`),
      ...history.sends
        .filter(({ attempt, from }) => attempt !== undefined && isRevived(attempt.event, attempt.userId, from))
        .map(({ attempt }) => `REVIVED ${who}: ${attempt?.event} was answered`),
    ]
  })
}

/** A goodbye that was said more than once is counted: by its own event, or by what was committed in between. */
export const goodbyes: Check = (evidence) => {
  const { events, history } = evidence
  return deletionsOf(evidence).flatMap(({ at, before, event }) => {
    const said = history.sends.filter((send) => send.accepted && send.attempt?.event === event && send.to <= at)
    const first = history.writes.find(
      ({ method, token }) => method === "Users.begin" && token === said[0]?.attempt?.token,
    )
    const between = (before?.ambiguous ?? 0) - (first?.after?.ambiguous ?? 0)
    const counted = between + (events.get(event)?.ambiguous ?? 0)
    return said.length - 1 > counted ? [`UNCOUNTED ${event}: ${said.length} goodbyes, ${counted} counted`] : []
  })
}

/** Not those of which the network held the tombstone back: an older one has taken the place of a newer. */
const deletionsOf = ({ deeds, history }: Evidence): ReadonlyArray<Write> =>
  isHeldBack(history.injected, "Settings.put", "forgotten#")
    ? []
    : history.writes.filter(
        ({ after, before, event }) =>
          after === undefined &&
          before !== undefined &&
          !isBlank(before) &&
          deeds.get(event)?.name.startsWith("forget:") === true,
      )

/** A call to the stores is under way for so long at the most, and the clocks are off by as much as they are. */
const slack = 30_000

/** Whether all deliveries of an update, or the worker that saw it first, came before the deletion was asked for. */
const earlierThan = ({ events, history, schedule }: Evidence, { event, token }: Write) => {
  const receipts = (event: string): ReadonlyArray<number> =>
    schedule.requests.filter(({ updateId }) => event === `7:${updateId}`).map(({ at }) => epoch + at)
  const begun = history.writes.find((write) => write.method === "Users.begin" && write.token === token)
  const asked = Math.max(Math.min(...receipts(event)), (begun?.at ?? 0) - slack)
  return (event: string): boolean =>
    Math.max(...receipts(event)) < asked || Date.parse(events.get(event)?.timestamp ?? "") < asked
}

const heldBack: ReadonlyArray<Fault> = ["late", "ghost"]

export const isHeldBack = (injected: ReadonlyMap<Point, Fault>, method: Method, who: string): boolean =>
  [...injected].some(([point, fault]) => point.startsWith(`${method} ${who}`) && heldBack.includes(fault))
