import { Unavailable } from "@concierge/core/services/reasons.ts"
import { withoutQuotes } from "@concierge/core/services/withoutQuotes.ts"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import type * as Schedule from "effect/Schedule"

export interface Policy {
  /** Of each attempt, the body of its answer included. */
  readonly timeout: Duration.Duration
  readonly retry: Schedule.Schedule<unknown>
  /** A limit is not waited out here, but by whoever calls. */
  readonly givesUpThrottled?: boolean
}

/** A call of the SDK's, which itself must not retry (`maxAttempts: 1`). What it failed of last is the `cause`. */
export const call = <A>(
  send: (abortSignal: AbortSignal) => Promise<A>,
  { givesUpThrottled = false, retry, timeout }: Policy,
): Effect.Effect<A, Unavailable> => {
  const attempt = within(timeout, send)
  const mayDoBetter = ({ cause }: Unavailable) => isTransient(cause) && !(givesUpThrottled && isThrottled(cause))
  // The schedule is begun for what has failed: for each call it would be a tenth of the webhook's own CPU.
  return Effect.catchIf(attempt, mayDoBetter, (error) => {
    let first: Unavailable | undefined = error
    const again = Effect.suspend(() => {
      if (first === undefined) return attempt
      const failed = Effect.fail(first)
      first = undefined
      return failed
    })
    return Effect.retry(again, { schedule: retry, while: mayDoBetter })
  })
}

/**
 * What ends an attempt after so many milliseconds; gives what stops it. Node's own timer: Effect's runs a race of two
 * fibers, a quarter of the webhook's own CPU. A test goes by its own clock.
 */
export const Timer = Context.Reference<(millis: number, end: () => void) => () => void>("@concierge/aws/sdk/Timer", {
  defaultValue: () => (millis, end) => {
    const timer = setTimeout(end, millis)
    return () => clearTimeout(timer)
  },
})

const within = <A>(timeout: Duration.Duration, send: (abortSignal: AbortSignal) => Promise<A>) =>
  Timer.use((after) =>
    Effect.callback<A, Unavailable>((resume) => {
      const controller = new AbortController()
      const stop = after(Duration.toMillis(timeout), () => {
        controller.abort()
        resume(Effect.fail(new Unavailable({ cause: new Error(`no answer within ${Duration.format(timeout)}`) })))
      })
      begun(send, controller.signal).then(
        (answer) => {
          stop()
          resume(Effect.succeed(answer))
        },
        (cause: unknown) => {
          stop()
          resume(Effect.fail(new Unavailable({ cause: report(cause) })))
        },
      )
      return Effect.sync(() => {
        stop()
        controller.abort()
      })
    }),
  )

/** What is thrown at once is a failure as well. */
const begun = async <A>(send: (abortSignal: AbortSignal) => Promise<A>, signal: AbortSignal): Promise<A> => send(signal)

/**
 * What may be kept, and logged, of an error of the SDK's. S3 puts every field of its answer on it, and of a refused
 * signature answers with the request as signed, session token and all; others quote the request in their message.
 */
export const report = (cause: unknown): Error => {
  const message = propertyOf(cause, "message")
  const error = new Error(withoutQuotes(String(message || propertyOf(cause, "code") || cause)))
  return Object.assign(error, { name: nameOf(cause) ?? error.name, $metadata: propertyOf(cause, "$metadata") })
}

/** The service's name for what went wrong, e.g. `NoSuchKey`. */
export const nameOf = (cause: unknown): string | undefined => {
  const name = propertyOf(cause, "name")
  return Predicate.isString(name) ? name : undefined
}

/** The status of the service's answer; undefined where there was none. */
export const statusOf = (cause: unknown): number | undefined => {
  const status = propertyOf(propertyOf(cause, "$metadata"), "httpStatusCode")
  return Predicate.isNumber(status) ? status : undefined
}

const propertyOf = (value: unknown, name: string): unknown =>
  Predicate.hasProperty(value, name) ? value[name] : undefined

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
