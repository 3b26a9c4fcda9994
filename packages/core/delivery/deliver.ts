import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import type { User } from "../onboarding/User.ts"
import type { MediaError } from "../services/Media.ts"
import { Metrics } from "../services/Metrics.ts"
import type { TelegramError } from "../services/TelegramError.ts"
import { fromIso, type Iso, toIso } from "../Time.ts"
import { type Invocation, inTime, TooLate } from "./Invocation.ts"
import { shortWait } from "./times.ts"

/** What became of a message. */
export type Delivery =
  | { readonly _tag: "Sent"; readonly degraded: boolean; readonly begunAt: Iso; readonly sentAt: Iso }
  /** Telegram takes no message for this chat for `wait` milliseconds. */
  | { readonly _tag: "Limited"; readonly wait: number }
  /** Too little is left of the invocation. */
  | { readonly _tag: "Late" }
  /** The bot's token is refused, or there is nothing to be had to send: so it is until somebody mends it. */
  | { readonly _tag: "Refused" }
  /** The person may have it, or not. */
  | { readonly _tag: "Unknown" }
  | { readonly _tag: "Blocked" }
  /** This chat will never take it. */
  | { readonly _tag: "Undeliverable" }

/** At most one send that may be accepted: only a 429, which says that nothing was sent, is tried again, and only once. */
export const deliver = Effect.fnUntraced(function* <E, R>(
  user: Pick<User, "not_before">,
  send: Effect.Effect<{ readonly degraded: boolean }, TelegramError | TooLate | E, R>,
  invocation: Invocation,
) {
  const now = yield* Clock.currentTimeMillis
  const wait = user.not_before === undefined ? 0 : fromIso(user.not_before) - now
  if (wait > shortWait) return limited(wait)
  if (wait > 0) yield* Effect.sleep(wait)
  const first = yield* attempt(send, invocation)
  if (first._tag !== "Limited" || wait > 0 || first.wait > shortWait) return first
  yield* Effect.sleep(first.wait)
  return yield* attempt(send, invocation)
})

const attempt = Effect.fnUntraced(function* <E, R>(
  send: Effect.Effect<{ readonly degraded: boolean }, TelegramError | TooLate | E, R>,
  invocation: Invocation,
) {
  const begunAt = toIso(yield* Clock.currentTimeMillis)
  return yield* inTime(invocation).pipe(
    Effect.andThen(send),
    Effect.flatMap(({ degraded }) =>
      Effect.map(Clock.currentTimeMillis, (now): Delivery => ({ _tag: "Sent", degraded, begunAt, sentAt: toIso(now) })),
    ),
    Effect.catchIf(
      (error): error is TooLate => error instanceof TooLate,
      () => Effect.succeed<Delivery>({ _tag: "Late" }),
    ),
    Effect.catchIf(isTelegramError, refusal),
    Effect.catchIf(isMediaError, (error) =>
      Effect.as(Effect.logWarning("there is nothing to send, not even a link", { error }), {
        _tag: "Refused",
      } satisfies Delivery),
    ),
  )
})

const isTelegramError = (error: unknown): error is TelegramError => Predicate.isTagged(error, "TelegramError")

const isMediaError = (error: unknown): error is MediaError => Predicate.isTagged(error, "MediaError")

const refusal = Effect.fnUntraced(function* ({ method, reason }: TelegramError) {
  switch (reason._tag) {
    case "RateLimited":
      return limited(reason.retryAfter * 1000)
    case "Blocked":
      return { _tag: "Blocked" } satisfies Delivery
  }
  yield* (yield* Metrics).count("SendFailures")
  yield* Effect.logWarning("a message was not sent", { method, reason })
  switch (reason._tag) {
    case "Unavailable":
      return { _tag: "Unknown" } satisfies Delivery
    case "Unauthorized":
      return { _tag: "Refused" } satisfies Delivery
    default:
      return { _tag: "Undeliverable" } satisfies Delivery
  }
})

const limited = (wait: number): Delivery => ({ _tag: "Limited", wait })
