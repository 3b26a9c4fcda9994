import { userIdOf } from "@concierge/core/ids.ts"
import { mostInvocations } from "../workers.ts"
import type { Check } from "./Evidence.ts"

/** Every update that was accepted ends in one outcome, or waits where an operator sees it. */
export const ends: Check = ({ deeds, events, forgotten, history }) => [
  ...(history.invocations < mostInvocations ? [] : [`ENDLESS run: stopped after ${mostInvocations} invocations`]),
  ...[...history.lost].map((id) => `LOST update ${id}: neither an outcome nor a dead letter`),
  ...[...history.stuck].map((id) => `LOST update ${id}: dead again after a redrive without faults`),
  ...[...deeds].flatMap(([eventId, { chatId, name }]) => {
    const outcome = events.get(eventId)?.outcome
    if (outcome === undefined) return [`LOST ${eventId} (${name}): no outcome`]
    if (outcome === "ignored: forgotten" && forgotten.has(userIdOf(chatId))) return []
    return (outcome === "parked") === (name === "unreadable") ? [] : [`LOST ${eventId} (${name}): ${outcome}`]
  }),
]

/** The counters are what a recount of the events gives, cell by cell. */
export const recounts: Check = ({ history }) => history.recounted

/** What comes again when all has ended changes nothing, however late it comes. */
export const repeats: Check = ({ history }) => history.lateEffects.map((effect) => `REPEATED ${effect}`)
