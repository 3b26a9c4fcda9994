import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Tracer from "effect/Tracer"
import type { Locale } from "../brand/Locale.ts"
import type { UserId } from "../ids.ts"
import type { SendResult } from "../services/SendResult.ts"
import type { TelegramError } from "../services/TelegramError.ts"
import type { Outcome } from "../updates/Outcome.ts"
import type { TimedCall } from "./steps.ts"

/** Why an update is worked later. `limited` and `pace`: Telegram's limit imposes it. */
export type WhyLater =
  | "busy"
  | "limited"
  | "pace"
  | "not before"
  | "proven"
  | "lost lease"
  | "settling"
  | "group busy"
  | "no bot name"
  | "crowded"
  | "late"
  | "refused"
  | "down"
  | "unknown"

/**
 * What the log says of one update: ids, and words out of lists of ours. Nothing that a person wrote or is called has a
 * place in it. Spans of time in milliseconds.
 */
export interface Facts {
  readonly updateId?: number
  /** Id of the webhook's request, which the API's access log has as well. Delayed copies keep it. */
  readonly correlationId?: string
  readonly kind?: string
  readonly userId?: UserId
  /** What the person did: `start`, `play_audio`, … */
  readonly action?: string
  /** Id of the brand's step that was to be sent. */
  readonly step?: string
  readonly language?: Locale
  /** Of the stored link that sent the person, whose campaign an operator has named. */
  readonly link?: string
  readonly campaign?: string
  readonly outcome?: Outcome | "put off" | "failed"
  /** Why it was put off, or the name of the error that it failed of. */
  readonly reason?: string
  /** Telegram's method of the message, and what came of it. */
  readonly method?: string
  readonly result?: SendResult["_tag"] | TelegramError["reason"]["_tag"]
  /** How many delayed copies came before this one. */
  readonly attempt?: number
  /** How often the queue has handed this copy out. */
  readonly receives?: number
  /** From the webhook's receipt until a worker had it. */
  readonly queuedMs?: number
  /** What of the waiting Telegram's limit imposed. */
  readonly limitedMs?: number
  /** From Telegram's date of a /start until its video was taken. */
  readonly startMs?: number
  readonly durationMs?: number
  /** Each service's call: its name, when it began and what it took, both in milliseconds; `false` where it failed. */
  readonly steps?: ReadonlyArray<TimedCall>
}

/** What is known so far of the update that is being worked, and its span. */
export interface Noted {
  facts: Facts
  span?: Tracer.Span | undefined
}

/** Where no update is being worked, nobody reads what is noted. */
export const CurrentFacts = Context.Reference<Noted>("@concierge/core/observe/CurrentFacts", {
  defaultValue: () => ({ facts: {} }),
})

/** Puts into the line of the update, and on the span that is open, what has come to be known of it. */
export const note = (more: Facts): Effect.Effect<void> =>
  Effect.andThen(
    Effect.map(CurrentFacts, (current) => {
      current.facts = { ...current.facts, ...more }
    }),
    Effect.annotateCurrentSpan(
      Object.fromEntries(Object.entries(more).map(([field, value]) => [`concierge.${field}`, value])),
    ),
  )

/** Keeps the span that is open as the update's. */
export const noteSpan: Effect.Effect<void> = Effect.zipWith(
  CurrentFacts,
  Effect.option(Effect.currentSpan),
  (known, span) => {
    known.span = Option.getOrUndefined(span)
  },
)
