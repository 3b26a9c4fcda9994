import * as Effect from "effect/Effect"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"

/**
 * Refuses requests that a foreign page made: of another `Origin`, or under a name that only points to this machine (DNS
 * rebinding). Listening on loopback alone keeps neither out.
 */
export const guard =
  (port: number) =>
  <E, R>(
    serve: Effect.Effect<HttpServerResponse.HttpServerResponse, E, R>,
  ): Effect.Effect<HttpServerResponse.HttpServerResponse, E, R | HttpServerRequest.HttpServerRequest> =>
    Effect.flatMap(HttpServerRequest.HttpServerRequest, ({ headers }) => {
      const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
      const isOurs = hosts.includes(headers.host ?? "")
      const isOwnPage = headers.origin === undefined || hosts.some((host) => headers.origin === `http://${host}`)
      return isOurs && isOwnPage ? serve : Effect.succeed(refused)
    })

const refused = HttpServerResponse.text("This host answers only to 127.0.0.1 and localhost, and to its own page.\n", {
  status: 403,
})
