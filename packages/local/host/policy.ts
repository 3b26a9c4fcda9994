import * as Headers from "effect/http/Headers"
import * as HttpServerResponse from "effect/http/HttpServerResponse"

/** The page brings all that it needs, and nobody frames it: what is clicked in a frame is not what one sees. */
export const ofPage =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** Opened by itself, a video still plays; in a sandbox Chromium would not let it. */
const ofMedia = "default-src 'none'; media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** Whatever else is opened by itself, such as a file of a bot: no script, and no part of the page's origin. */
const ofAnswers = "default-src 'none'; frame-ancestors 'none'; sandbox"

const headersWith = (policy: string) =>
  Headers.fromInput({
    "content-security-policy": policy,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
  })

const [media, answers] = [headersWith(ofMedia), headersWith(ofAnswers)]

/** Tells browsers that an answer is what its type says, and what it may do there; what a route says itself is kept. */
export const restricted = (response: HttpServerResponse.HttpServerResponse): HttpServerResponse.HttpServerResponse => {
  const isMedia = /^(?:audio|video)\//.test(response.headers["content-type"] ?? "")
  return HttpServerResponse.setHeaders(response, Headers.merge(isMedia ? media : answers, response.headers))
}
