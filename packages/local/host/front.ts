import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as HttpEffect from "effect/http/HttpEffect"
import * as HttpServerError from "effect/http/HttpServerError"
import type * as HttpServerRequest from "effect/http/HttpServerRequest"
import type * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Option from "effect/Option"
import { guard } from "./guard.ts"
import { restricted } from "./policy.ts"

type Serve<E, R> = Effect.Effect<HttpServerResponse.HttpServerResponse, E, R>

/** What every request has to pass, and every answer takes with it. */
export const front =
  (port: number, relay?: string) =>
  <E, R>(serve: Serve<E, R>): Serve<E, R | HttpServerRequest.HttpServerRequest> =>
    Effect.tapCause(serve, logFailure).pipe(
      HttpEffect.withPreResponseHandler((_request, response) => Effect.succeed(restricted(response))),
      guard(port, relay),
    )

/** Whoever asked gets an empty 500: what went wrong would be nowhere. */
const logFailure = (cause: Cause.Cause<unknown>): Effect.Effect<void> => {
  const [{ status }, failure] = HttpServerError.causeResponseStripped(cause)
  if (status < 500 || Option.isNone(failure) || Cause.hasInterruptsOnly(failure.value)) return Effect.void
  const error = Cause.squash(failure.value)
  // The server's own errors hold the request, and with it the webhook's secret.
  return Effect.logError("a request failed", HttpServerError.isHttpServerError(error) ? error.reason.cause : error)
}
