import { maxOutage } from "../delivery/times.ts"
import type { EventId } from "../ids.ts"
import { type Iso, plus } from "../Time.ts"
import type { Unseen, User } from "./User.ts"

export interface Sending {
  readonly user: User
  /** The same for all updates that bring the same step: its id. For what is no step, the event's. */
  readonly of: string
  readonly askedAt: Iso
}

/**
 * How often it was sent without an answer. Once it was given up nothing of it is left to whoever asked before; who asks
 * for it after that has a right to it again.
 */
export const timesUnseen = ({ askedAt, of, user }: Sending): number => {
  const message = user.unseen?.[of]
  if (message === undefined) return 0
  return message.givenUp !== undefined && askedAt <= message.givenUp ? Number.POSITIVE_INFINITY : message.times
}

/** What is known of all such messages, when this one was sent by `event`, from `begunAt` on, without an answer. */
export const unseenWith = (sending: Sending, event: EventId, begunAt: Iso): Unseen => {
  const { of, user } = sending
  const before = user.unseen?.[of]
  const message = { since: begunAt, ...before, event, times: timesUnseen(sending) + 1 }
  return { ...user.unseen, [of]: message }
}

interface Left {
  readonly event: EventId
  readonly now: Iso
  /** The step that it brought, or gave up. */
  readonly step: { readonly id: string; readonly is: "sent" | "given up" } | undefined
}

export const unseenAfter = ({ unseen = {} }: Pick<User, "unseen">, { event, now, step }: Left): Unseen =>
  Object.fromEntries(
    Object.entries(unseen).flatMap(([of, message]) => {
      const isStep = of !== message.event
      // What is no step proves nothing by a tap, and is worked no longer than an outage is waited out.
      if (of === event || (!isStep && plus(message.since, maxOutage) < now)) return []
      if (of !== step?.id) return [[of, message]]
      return step.is === "sent" ? [] : [[of, { ...message, times: 0, givenUp: now }]]
    }),
  )
