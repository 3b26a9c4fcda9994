import * as Effect from "effect/Effect"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import { restricted } from "./policy.ts"

/**
 * Refuses requests that a foreign page made: under a name that only points to this machine (DNS rebinding), of another
 * `Origin`, or, for an image or a link has no `Origin`, by what the browser says of their site. Listening on loopback
 * alone keeps none of them out. `relay` is the address of what stands between the bot and this host, if anything does:
 * it may pass on the name by which it was asked itself.
 */
export const guard =
  (port: number, relay?: string) =>
  <E, R>(
    serve: Effect.Effect<HttpServerResponse.HttpServerResponse, E, R>,
  ): Effect.Effect<HttpServerResponse.HttpServerResponse, E, R | HttpServerRequest.HttpServerRequest> =>
    Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) => {
      const { host = "", origin } = request.headers
      const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
      const isOwnPage = origin === undefined || hosts.some((host) => origin === `http://${host}`)
      const isNamed = hosts.includes(host) || (relay !== undefined && host === new URL(relay).host)
      const isOurs = isNamed && isOwnPage && (isOwnSite(request) || isLinkToPage(request))
      return isOurs ? serve : Effect.succeed(refused)
    })

/** Only browsers send the header, and a page cannot choose it; `none` is an address that somebody typed. */
const isOwnSite = ({ headers }: HttpServerRequest.HttpServerRequest): boolean =>
  [undefined, "same-origin", "none"].includes(headers["sec-fetch-site"])

/** The page may be linked to, and not framed. */
const isLinkToPage = ({ headers, method, url }: HttpServerRequest.HttpServerRequest): boolean =>
  method === "GET" &&
  headers["sec-fetch-mode"] === "navigate" &&
  headers["sec-fetch-dest"] === "document" &&
  /^\/(?:\?|$)/.test(url)

const refused = restricted(
  HttpServerResponse.text("This host answers only to 127.0.0.1 and localhost, and to its own page.\n", { status: 403 }),
)
