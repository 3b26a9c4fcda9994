import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { eventIdOf } from "../ids.ts"
import type { Line } from "../observe/line.ts"
import { retention } from "../retention.ts"
import { Events } from "../services/Events.ts"
import { LogLines } from "../services/LogLines.ts"
import { currentIso, type Iso, minus, plus } from "../Time.ts"
import type { Event } from "../updates/Event.ts"

/** What is known of one update, from what is stored of it and what the log says. */
export interface Trace {
  readonly updateId: number
  /** Without what the person wrote. */
  readonly event: Omit<Event, "payload"> | undefined
  readonly lines: ReadonlyArray<Line>
  /** What is no longer to be had, or never was, and why: a sentence each. */
  readonly left: ReadonlyArray<string>
}

export const traceUpdate = Effect.fn("traceUpdate")(function* (botId: string, updateId: number) {
  const events = yield* Events
  const log = yield* LogLines
  const now = yield* currentIso
  const event = Option.getOrUndefined(yield* events.get(eventIdOf(botId, updateId)))
  // It may have come days before a worker first had it, and been worked again days after.
  const lines = yield* log.ofUpdate(updateId, minus(now, `${retention.logs} days`))
  return { updateId, event: withoutWords(event), lines, left: leftOf(event, lines, log.lacking, now) } satisfies Trace
})

const withoutWords = (event: Event | undefined): Trace["event"] => {
  if (event === undefined) return undefined
  const { payload: _, ...shown } = event
  return shown
}

const leftOf = (
  event: Event | undefined,
  lines: ReadonlyArray<Line>,
  lacking: string,
  now: Iso,
): ReadonlyArray<string> => {
  if (event === undefined) {
    return lines.length > 0
      ? ["No event is stored of it: it waits in the queue, or what the log says of it failed."]
      : [`Nothing is known of it: it has not come, or it is older than the events and the log are kept. ${lacking}`]
  }
  const until = plus(event.finishedAt ?? event.timestamp, `${retention.logs} days`)
  const isNobodys = event.userId === undefined && event.payload === undefined
  return [
    ...(isNobodys
      ? [
          `The event names nobody, and what was written is gone from it: they were forgotten (/forgetme), or it was no person's. The log has their id until ${until.slice(0, 10)}.`,
        ]
      : []),
    ...(lines.length > 0
      ? []
      : until < now
        ? [
            `The log is gone: it is kept ${retention.logs} days, and was until ${until.slice(0, 10)}. The event is left.`,
          ]
        : [`The log has no line of it. ${lacking}`]),
  ]
}
