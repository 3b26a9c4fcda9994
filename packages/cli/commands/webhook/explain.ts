import { usedKinds } from "@concierge/core/updates/Update.ts"
import type { WebhookInfo } from "../../telegram.ts"

/** Telegram's own default, and what a stage's limits are reckoned with. */
export const maxConnections = 40

/** Seconds within which an error still says something of now. */
const recent = 15 * 60

/** More waiting than this is no burst that is just being delivered. */
const manyPending = 100

/** What is not as a stage needs it, each in words. `url`: what it should be, if that is known. */
export const problemsOf = (info: WebhookInfo, url: string | undefined, nowSeconds: number): ReadonlyArray<string> => {
  if (info.url === "") return ["none is set: no update arrives"]
  const kinds = info.allowed_updates ?? []
  const missing = usedKinds.filter((kind) => !kinds.includes(kind))
  const isRecent = info.last_error_date !== undefined && nowSeconds - info.last_error_date < recent
  return [
    ...(url !== undefined && info.url !== url
      ? [`Telegram delivers to ${new URL(info.url).origin}, not to this stage`]
      : []),
    ...(missing.length > 0 ? [`updates of the kind ${missing.join(", ")} are not delivered`] : []),
    ...(info.max_connections !== undefined && info.max_connections !== maxConnections
      ? [`max_connections is ${info.max_connections}, and ${maxConnections} is reckoned with`]
      : []),
    ...(isRecent ? [meaningOf(info.last_error_message ?? "")] : []),
    ...(info.pending_update_count > manyPending ? [`${info.pending_update_count} updates wait at Telegram`] : []),
  ]
}

/** Telegram's last error with what it means here (tdlib/td, WebhookActor.cpp, has its words). */
export const meaningOf = (message: string): string => {
  const status = /Wrong response from the webhook: (\d{3})/.exec(message)?.[1]
  const known = status !== undefined ? statuses[status] : causes.find(([shape]) => shape.test(message))?.[1]
  return known === undefined ? `Telegram's last error: ${message}` : `${known} ("${message}")`
}

const statuses: Readonly<Record<string, string>> = {
  "401": "the secret that Telegram has is not the deployed one: webhook set",
  "403": "the edge refused it: the URL is the API's own, or the firewall does not know Telegram's address",
  "404": "there is no webhook at this URL's path: webhook set",
  "405": "something stands in front that changes the request's method",
  "413": "an update was larger than the webhook takes",
  "429": "the API throttles: STAGE_THROTTLE_RATE is too low for this rush",
  "500": "the function fails before it answers: its log says why",
  "502": "the function fails before it answers: its log says why",
  "503": "the webhook has no secret deployed, or its queue takes nothing: doctor",
  "504": "the function did not answer in time: its log says why",
}

const causes: ReadonlyArray<readonly [RegExp, string]> = [
  [/timed? ?out/i, "the webhook did not answer in time"],
  [/resolve host/i, "the URL's name is not known to DNS: a new domain takes up to an hour"],
  [/Connection refused/i, "nobody listens at the URL"],
  [/SSL error|certificate/i, "the URL's certificate is not one that Telegram trusts"],
  [/redirect|moved/i, "the URL redirects, which Telegram does not follow"],
]
