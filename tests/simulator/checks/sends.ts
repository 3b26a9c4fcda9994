import type { Send } from "../History.ts"
import { type Check, type Evidence, faultsOf } from "./Evidence.ts"

type PersonSend = Send & { readonly attempt: NonNullable<Send["attempt"]> }

/** What groups get has rules of its own: groups.ts. */
const toPeople = ({ history }: Evidence): ReadonlyArray<PersonSend> =>
  history.sends.filter((send): send is PersonSend => send.attempt !== undefined)

/** The last message of an update that was committed: all others the person got are one too many. */
const committedOf = ({ history }: Evidence, sends: ReadonlyArray<PersonSend>): ReadonlySet<PersonSend> => {
  const accepted = sends.filter((send) => send.accepted)
  const last = new Map(accepted.map((send) => [send.attempt.token, send]))
  const shown = new Map(
    accepted
      .filter(({ attempt, to }) => (history.proven.get(attempt.event) ?? 0) >= to)
      .map((send) => [send.attempt.event, send]),
  )
  return new Set([
    ...[...last.values()].filter(({ attempt, to }) => (attempt.committedAt ?? Number.NEGATIVE_INFINITY) >= to),
    ...shown.values(),
  ])
}

/** Of one message no more than two may have arrived unseen: a file's link is a third, and of another kind. */
export const bounded: Check = (evidence) => {
  const unseen = toPeople(evidence).filter(({ answer, attempt }) => answer === "unknown" && !attempt.cutShort)
  const byMessage = Object.groupBy(unseen, ({ attempt, method }) => `${method} for ${attempt.event}`)
  return Object.entries(byMessage).flatMap(([what, sends = []]) =>
    sends.length > 2 ? [`COPIES ${what}: sent ${sends.length} times without an answer`] : [],
  )
}

/** A message is sent a second time only when nobody saw that the first was accepted, or could say so. */
export const justified: Check = (evidence) => {
  const sends = toPeople(evidence)
  const committed = committedOf(evidence, sends)
  return sends.flatMap((send) => {
    const { accepted, answer, attempt } = send
    if (!accepted || committed.has(send) || attempt.cutShort || answer !== "ok") return []
    return [`AGAIN ${send.method} for ${attempt.event} was accepted and answered, but not committed`]
  })
}

/** What is counted bounds what may have been sent too often; without faults it is nothing. */
export const counted: Check = (evidence) => {
  const { history, users } = evidence
  const sends = toPeople(evidence)
  const committed = new Set([...committedOf(evidence, sends), ...goodbyesOf(evidence, sends)])
  const people = new Set([...users.map(({ userId }) => userId), ...evidence.forgotten])
  return [...people].flatMap((userId) => {
    const tooMany = sends.filter((send) => send.attempt.userId === userId && send.accepted && !committed.has(send))
    const counted = countedOf(evidence, userId)
    const faults = faultsOf(history, userId)
    const perUpdate = Object.entries(Object.groupBy(tooMany, ({ attempt }) => attempt.event))
    return [
      ...(tooMany.length > counted ? [`UNCOUNTED ${userId}: ${tooMany.length} too many, ${counted} counted`] : []),
      ...(counted > faults ? [`OVERCOUNTED ${userId}: ${counted} after ${faults} faults`] : []),
      ...perUpdate.flatMap(([event, more = []]) =>
        more.length > faults ? [`AGAIN ${event}: ${more.length} too many after ${faults} faults`] : [],
      ),
    ]
  })
}

/** The last goodbye of a deletion that is done: another worker may have removed the record, which nothing had come of. */
const goodbyesOf = ({ deeds, events }: Evidence, sends: ReadonlyArray<PersonSend>): ReadonlySet<PersonSend> => {
  const last = new Map(sends.filter(({ accepted }) => accepted).map((send) => [send.attempt.event, send]))
  const isDone = (event: string): boolean =>
    deeds.get(event)?.name.startsWith("forget:") === true && events.get(event)?.outcome === "applied"
  return new Set([...last].flatMap(([event, send]) => (isDone(event) ? [send] : [])))
}

/** What the record says now; each time that it was deleted, what it said before, and what the deletion's own event says. */
const countedOf = ({ events, history, users }: Evidence, userId: string): number => {
  const now = users.find((user) => user.userId === userId)
  const deletions = history.writes.filter((write) => write.userId === userId && write.after === undefined)
  const before = deletions.map(({ before }) => before?.ambiguous ?? 0)
  // What a commit has counted is on the record; and repeats of all kinds remove what their own begins have made.
  const committed = new Set(history.writes.filter(({ method }) => method === "Users.commit").map(({ event }) => event))
  const said = [...new Set(deletions.map(({ event }) => event))]
    .filter((event) => !committed.has(event))
    .map((event) => events.get(event)?.ambiguous ?? 0)
  return [now?.ambiguous ?? 0, now?.unresolved ?? 0, ...before, ...said].reduce((sum, count) => sum + count, 0)
}

/** Whatever is said to one person is said one thing at a time. */
export const oneByOne: Check = (evidence) => {
  const sends = toPeople(evidence)
  return sends.flatMap((one, index) =>
    sends
      .slice(index + 1)
      .filter(
        (other) =>
          other.chatId === one.chatId && other.attempt !== one.attempt && one.from < other.to && other.from < one.to,
      )
      .map((other) => `OVERLAP ${one.attempt.event} and ${other.attempt.event} were sent to at once`),
  )
}

/** An update that ended as applied was answered: nobody waits for what we believe they have. */
export const answered: Check = (evidence) => {
  const answeredEvents = new Set([...committedOf(evidence, toPeople(evidence))].map(({ attempt }) => attempt.event))
  return [...evidence.deeds].flatMap(([eventId, { name, userId }]) => {
    if (userId === undefined || isSilent(name) || evidence.events.get(eventId)?.outcome !== "applied") return []
    return answeredEvents.has(eventId) || isToast(evidence, eventId) ? [] : [`UNSENT ${eventId} (${name}) is applied`]
  })
}

const isSilent = (name: string): boolean => ["edited", "kicked", "member"].includes(name) || name.startsWith("forget:")

/** Someone who has finished sees no more than a toast for tapping "finish" again. */
const isToast = ({ deeds, history, schedule }: Evidence, eventId: string): boolean =>
  schedule.brand.flow.steps.some(({ data, kind }) => kind === "finish" && data === deeds.get(eventId)?.name) &&
  history.writes.some(
    ({ before, event, method }) => event === eventId && method === "Users.commit" && before?.finished_at !== undefined,
  )
