import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import type * as Schedule from "effect/Schedule"
import { Unavailable } from "../reasons.ts"

export interface Policy {
  /** Of each attempt, the body of its answer included. */
  readonly timeout: Duration.Input
  readonly retry: Schedule.Schedule<unknown>
}

/** A call of the SDK's, which itself must not retry (`maxAttempts: 1`). What it failed of last is the `cause`. */
export const call = <A>(
  send: (abortSignal: AbortSignal) => Promise<A>,
  { retry, timeout }: Policy,
): Effect.Effect<A, Unavailable> =>
  Effect.tryPromise({ try: send, catch: (cause) => new Unavailable({ cause }) }).pipe(
    Effect.timeoutOrElse({
      duration: timeout,
      orElse: () => {
        const within = Duration.format(Duration.fromInputUnsafe(timeout))
        return Effect.fail(new Unavailable({ cause: new Error(`no answer within ${within}`) }))
      },
    }),
    Effect.retry({ schedule: retry, while: ({ cause }) => isTransient(cause) }),
  )

/** The service's name for what went wrong, e.g. `NoSuchKey`. */
export const nameOf = (cause: unknown): string | undefined =>
  Predicate.hasProperty(cause, "name") && Predicate.isString(cause.name) ? cause.name : undefined

/** The status of the service's answer; undefined where there was none. */
export const statusOf = (cause: unknown): number | undefined => {
  const metadata = Predicate.hasProperty(cause, "$metadata") ? cause.$metadata : undefined
  const status = Predicate.hasProperty(metadata, "httpStatusCode") ? metadata.httpStatusCode : undefined
  return Predicate.isNumber(status) ? status : undefined
}

/** Several services say with a 400 what others say with a 429. */
export const isThrottled = (cause: unknown): boolean =>
  statusOf(cause) === 429 ||
  /Throttl|ThroughputExceeded|TooManyRequests|SlowDown|RequestLimitExceeded/i.test(nameOf(cause) ?? "")

/**
 * Another attempt may do better: no answer, half of a good one, a fault of the service's own, or a limit. Other refusals
 * will not change.
 */
const isTransient = (cause: unknown): boolean => {
  const status = statusOf(cause)
  return status === undefined || status < 400 || status >= 500 || isThrottled(cause)
}
