import type { Found } from "@concierge/core/operate/findUpdate.ts"
import { deadReasons } from "@concierge/core/operate/listDead.ts"
import { iso, plus } from "@concierge/core/Time.ts"
import * as Predicate from "effect/Predicate"

/** What happened to an update, by time, and how it stands. */
export const storyOf = ({ committed, deadLetters, event, eventId, lock, sent, session, unseen, userId }: Found) => {
  const told: ReadonlyArray<readonly [at: unknown, what: string]> = [
    ...deadLetters.flatMap(({ update: { attributes } }) => [
      [attributes.receivedAt, `received (${attributes.kind})`] as const,
      ...(attributes.deferredAt === undefined ? [] : [[attributes.deferredAt, "put off for the first time"] as const]),
    ]),
    ...(event === undefined ? [] : [[event.timestamp, `seen first by a worker, as ${event.eventType}`] as const]),
    ...sent.flatMap((step) => {
      const { at, sentAt, took } = { at: undefined, sentAt: undefined, took: undefined, ...step }
      const had = sentAt ?? laterBy(at, took ?? 0)
      return [
        [at, `the message of step ${step.step} began to be sent`] as const,
        ...(had === undefined ? [] : [[had, "Telegram had it"] as const]),
      ]
    }),
    ...unseen.map((message) => {
      const { since, times } = { since: undefined, times: undefined, ...message }
      return [since, `sent ${times} times without an answer (${message.of}): it may have arrived`] as const
    }),
    ...(committed === undefined
      ? []
      : [
          [
            committed.at,
            `committed: ${committed.outcome}${committed.reached ? `, now ${committed.reached}` : ""}`,
          ] as const,
        ]),
    ...(event?.finishedAt === undefined ? [] : [[event.finishedAt, `ended: ${event.outcome}`] as const]),
  ]
  const byTime = told.toSorted(([one], [other]) => (String(one) < String(other) ? -1 : Number(one !== other)))
  const facts = [
    `person        ${userId ?? "none is named"}`,
    ...(event === undefined ? [] : [`deliveries    ${event.deliveries}`]),
    ...(event?.run === undefined ? [] : [`run           ${event.run}`]),
    ...(session === undefined ? [] : [`session       ${session.sessionId}, ${session.state}`]),
    ...(event?.degraded === true ? ["degraded      less was sent than planned"] : []),
    ...(Predicate.isNumber(event?.ambiguous)
      ? [`ambiguous     ${event.ambiguous} messages may have arrived twice`]
      : []),
  ]
  return [
    eventId,
    ...facts,
    "",
    ...byTime.map(([at, what]) => `${String(at)}  ${what}`),
    "",
    standing({ event, deadLetters, lock }),
  ]
    .join("\n")
    .trimEnd()
}

/** Undefined where the record is damaged, which is what it may be looked at for. */
const laterBy = (at: unknown, took: unknown) =>
  Predicate.isString(at) && Predicate.isNumber(took) && Number.isFinite(Date.parse(at))
    ? plus(iso(at), took)
    : undefined

const standing = ({ deadLetters, event, lock }: Pick<Found, "deadLetters" | "event" | "lock">): string => {
  const [letter] = deadLetters
  const lines = [
    ...(letter === undefined
      ? []
      : [
          `It is a dead letter: ${deadReasons[letter.reason]}. See: concierge dlq show ${letter.update.attributes.updateId}`,
        ]),
    ...(event?.outcome === "parked" ? ["It is parked: concierge parked list says what is not understood."] : []),
    ...(lock === undefined ? [] : [`It is being worked, or who did so died: locked until ${lock.until}.`]),
  ]
  if (lines.length > 0) return lines.join("\n")
  return event?.outcome === undefined ? "It has not ended: it waits on the queue, or in a worker's hand." : ""
}
