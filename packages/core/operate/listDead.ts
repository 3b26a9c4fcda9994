import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { botIdOf, WorkerConfig } from "../config.ts"
import { type EventId, eventIdOf } from "../ids.ts"
import { type DeadLetter, DeadLetters } from "../services/DeadLetters.ts"
import { Events } from "../services/Events.ts"
import { envelopeOf } from "../updates/Envelope.ts"
import type { Outcome } from "../updates/Outcome.ts"

export interface DeadUpdate extends DeadLetter {
  /** Undefined: what died is no update of ours. */
  readonly eventId: EventId | undefined
  /** How the update ended all the same: by another copy, or in an attempt that did not live to say so. */
  readonly outcome: Outcome | undefined
}

/** The dead letters, each with what is known of its update. */
export const listDead = Effect.fn("listDead")(function* (max: number) {
  const deadLetters = yield* DeadLetters
  const letters = yield* deadLetters.read(max)
  return yield* Effect.forEach(letters, known, { concurrency: 10 })
})

const known = Effect.fnUntraced(function* (letter: DeadLetter) {
  const events = yield* Events
  const { botToken } = yield* WorkerConfig
  const envelope = envelopeOf(new TextEncoder().encode(letter.update.body))
  if (Result.isFailure(envelope)) return { ...letter, eventId: undefined, outcome: undefined } satisfies DeadUpdate
  const eventId = eventIdOf(botIdOf(botToken), envelope.success.updateId)
  // It hides none of the others, and redriven it dies again, as visibly, until the record is mended.
  const event = yield* Effect.catchReason(events.get(eventId), "EventsError", "Corrupt", (corrupt) =>
    Effect.as(
      Effect.logWarning("the event of a dead letter cannot be read", { eventId, reason: corrupt }),
      Option.none(),
    ),
  )
  return { ...letter, eventId, outcome: Option.getOrUndefined(event)?.outcome } satisfies DeadUpdate
})
