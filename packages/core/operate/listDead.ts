import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Stream from "effect/Stream"
import { botIdOf, WorkerConfig } from "../config.ts"
import { type EventId, eventIdOf, userId } from "../ids.ts"
import { type DeadLetter, DeadLetters } from "../services/DeadLetters.ts"
import { Events } from "../services/Events.ts"
import { Users, type UsersError } from "../services/Users.ts"
import { envelopeOf } from "../updates/Envelope.ts"
import type { Event } from "../updates/Event.ts"
import type { Outcome } from "../updates/Outcome.ts"

/** Why an update died, as far as what is stored tells. The log of its correlation id has the error itself. */
export const deadReasons = {
  ended: "it has ended all the same, by another copy: there is nothing left to do",
  "put off": "it waited for Telegram, or for its turn, for as long as an update may",
  person: "the person's record cannot be read: each of their updates dies until it is mended",
  event: "the update's own record cannot be read",
  failed: "it was begun, and failed each time",
  "not begun": "nothing of it was written down: the worker or its tables were away",
  "not ours": "it is no update of Telegram's",
} as const
export type DeadReason = keyof typeof deadReasons

export interface DeadUpdate extends DeadLetter {
  /** Undefined: what died is no update of ours. */
  readonly eventId: EventId | undefined
  /** How the update ended all the same: by another copy, or in an attempt that did not live to say so. */
  readonly outcome: Outcome | undefined
  readonly reason: DeadReason
}

/** The dead letters as they are read, each with what is known of its update. */
export const dead = Stream.unwrap(
  Effect.map(DeadLetters, ({ letters }) => Stream.mapEffect(letters, (letter) => known(letter), { concurrency: 10 })),
)

export const listDead = Effect.fn("listDead")((max: number) => Stream.runCollect(Stream.take(dead, max)))

const known = Effect.fnUntraced(function* (letter: DeadLetter) {
  const envelope = envelopeOf(new TextEncoder().encode(letter.update.body))
  if (Result.isFailure(envelope)) {
    return { ...letter, eventId: undefined, outcome: undefined, reason: "not ours" } satisfies DeadUpdate
  }
  const { botToken } = yield* WorkerConfig
  const eventId = eventIdOf(botIdOf(botToken), envelope.success.updateId)
  const event = yield* (yield* Events)
    .get(eventId)
    .pipe(Effect.catchReasons("EventsError", { Corrupt: unreadable, Newer: unreadable }))
  if (event === "unreadable") return { ...letter, eventId, outcome: undefined, reason: "event" } satisfies DeadUpdate
  const outcome = Option.getOrUndefined(event)?.outcome
  return { ...letter, eventId, outcome, reason: yield* reasonOf(letter, event) } satisfies DeadUpdate
})

const reasonOf = Effect.fnUntraced(function* (
  { update }: DeadLetter,
  event: Option.Option<Event>,
): Effect.fn.Return<DeadReason, UsersError, Users> {
  const outcome = Option.getOrUndefined(event)?.outcome
  if (outcome !== undefined && outcome !== "parked") return "ended"
  const person = yield* (yield* Users)
    .get(userId(`telegram_${update.group}`))
    .pipe(Effect.catchReasons("UsersError", { Corrupt: unreadable, Newer: unreadable }))
  if (person === "unreadable") return "person"
  if (update.attributes.deferredAt !== undefined) return "put off"
  return Option.isSome(event) ? "failed" : "not begun"
})

/** It hides none of the others, and redriven it dies again, as visibly, until the record is mended. */
const unreadable = () => Effect.succeed("unreadable" as const)
