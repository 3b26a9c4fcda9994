import { groupWindow, lastSend } from "@concierge/core/delivery/times.ts"
import * as Duration from "effect/Duration"
import { type Check, type Evidence, faultsOf } from "./Evidence.ts"

/** A group has one message for each /start that is applied; none only where that is counted as unknown. */
export const groupAnswers: Check = ({ deeds, events, history }) => {
  const asked = [...deeds].flatMap(([eventId, { chatId, name }]) =>
    name === "group start" ? [{ chatId, eventId }] : [],
  )
  const chats = new Set([...asked, ...history.sends].map(({ chatId }) => chatId).filter((chatId) => chatId < 0))
  return [...chats].flatMap((chatId) => {
    const sent = history.sends.filter((send) => send.chatId === chatId && send.accepted).length
    const applied = asked.filter((ask) => ask.chatId === chatId && events.get(ask.eventId)?.outcome === "applied")
    const unknown = applied.filter(({ eventId }) => events.get(eventId)?.ambiguous !== undefined)
    const seen = applied.length - unknown.length
    return [
      ...(sent > applied.length ? [`AGAIN group ${chatId}: ${sent} messages for ${applied.length} applied`] : []),
      ...(sent < seen ? [`UNSENT group ${chatId}: ${sent} messages, though ${seen} were seen to arrive`] : []),
      ...unknown.flatMap(({ eventId }) =>
        faultsOf(history, `update ${eventId.split(":")[1]}`) > 0
          ? []
          : [`OVERCOUNTED ${eventId}: unknown without a fault`],
      ),
    ]
  })
}

/** The minute counts from when it is asked for, by the clock of the worker who asks; the send is begun later, where it is limited. */
const leastGap = ({ history, schedule }: Evidence): number => {
  const isSlow = [...history.injected.values()].includes("slow")
  return (
    Duration.toMillis(groupWindow) - 2 * schedule.skew - Duration.toMillis(lastSend) - 2_000 - (isSlow ? 33_000 : 0)
  )
}

export const oncePerMinute: Check = (evidence) => {
  const sends = evidence.history.sends
    .filter(({ accepted, chatId }) => accepted && chatId < 0)
    .toSorted((one, other) => one.from - other.from)
  const least = leastGap(evidence)
  return sends.flatMap((send, index) => {
    const before = sends.slice(0, index).findLast(({ chatId }) => chatId === send.chatId)
    if (before === undefined || send.from - before.from >= least) return []
    return [`CROWDED group ${send.chatId}: two messages within ${Math.round(send.from - before.from)} ms`]
  })
}
