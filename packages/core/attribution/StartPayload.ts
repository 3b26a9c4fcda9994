import * as Equal from "effect/Equal"
import * as Base64Url from "effect/encoding/Base64Url"
import * as Result from "effect/Result"
import type { Action } from "../onboarding/Action.ts"
import type { Attribution } from "../onboarding/User.ts"

/** What a /start payload was understood to be (spec 3). */
export type StartPayload =
  | { readonly _tag: "None" }
  | { readonly _tag: "Understood"; readonly form: "token" | "query" | "code"; readonly attribution: Attribution }
  | { readonly _tag: "NotUnderstood"; readonly reason: "too long" | "not printable" }

/** What a typed command may carry, in UTF-16 units. */
export const maxPayload = 512

/** As much of a payload as is kept, and as a repeat of it is known by. */
export const keptPayload = (payload: string): string => payload.slice(0, maxPayload).toWellFormed()

/** What Telegram passes on from a link. */
export const maxLinkPayload = 64

export const parse = (text: string): StartPayload => {
  const payload = text.trim()
  if (payload === "") return { _tag: "None" }
  if (payload.length > maxPayload) return { _tag: "NotUnderstood", reason: "too long" }
  if (!isPrintable(payload)) return { _tag: "NotUnderstood", reason: "not printable" }
  const decoded = decode(payload)
  const token = decoded === undefined ? undefined : ofToken(decoded)
  if (token !== undefined) return { _tag: "Understood", form: "token", attribution: token }
  const query = decoded === undefined ? undefined : ofQuery(decoded)
  if (query !== undefined) return { _tag: "Understood", form: "query", attribution: query }
  return { _tag: "Understood", form: "code", attribution: { ref_code: payload } }
}

/**
 * `ref|source|medium|campaign|nonce|ts` for a link. Undefined when a link cannot carry it: over 64 characters, a `|` in
 * a name, nothing named, or a content, which this form has no place for.
 */
export const encodeToken = (attribution: Attribution, nonce = "", ts = ""): string | undefined => {
  const { source = "", medium = "", campaign = "" } = attribution.utm ?? {}
  return linkOf([attribution.ref_code ?? "", source, medium, campaign, nonce, ts].join("|"), attribution)
}

/** A query string for a link. Undefined when a link cannot carry it: over 64 characters, or no utm at all. */
export const encodeQuery = (attribution: Attribution): string | undefined => {
  const { source, medium, campaign, content } = attribution.utm ?? {}
  const fields = {
    utm_source: source,
    utm_medium: medium,
    utm_campaign: campaign,
    utm_content: content,
    ref: attribution.ref_code,
  }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) if (value) query.set(name, value)
  return linkOf(query.toString(), attribution)
}

/** Only a payload that will be read back as it was meant is worth printing on a poster. */
const linkOf = (text: string, meant: Attribution): string | undefined => {
  const payload = Base64Url.encode(text)
  const read = parse(payload)
  const isRead = read._tag === "Understood" && read.form !== "code" && Equal.equals(read.attribution, trimmed(meant))
  return isRead && payload.length <= maxLinkPayload ? payload : undefined
}

// Formats that show nothing are refused too, except the joiners of emoji and of Persian words.
const unprintable = /[[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]--[\u200C\u200D]]/v

const isPrintable = (text: string): boolean => !unprintable.test(text)

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })

/** Many a plain code happens to be base64url: the bytes decide, and there is one way only to write them. */
const decode = (payload: string): string | undefined => {
  const bytes = Result.getOrUndefined(Base64Url.decode(payload))
  if (bytes === undefined || !isCanonical(payload, bytes)) return undefined
  const text = Result.getOrUndefined(Result.try(() => utf8.decode(bytes)))
  return text !== undefined && isPrintable(text) ? text : undefined
}

const isCanonical = (payload: string, bytes: Uint8Array): boolean =>
  payload === Base64Url.encode(bytes) || payload === Base64Url.encodePadded(bytes)

const ofToken = (text: string): Attribution | undefined => {
  const fields = text.split("|")
  if (fields.length !== 6) return undefined
  const [ref_code = "", source = "", medium = "", campaign = ""] = fields
  const attribution = trimmed({ ref_code, utm: { source, medium, campaign } })
  return Object.keys(attribution).length > 0 ? attribution : undefined
}

const ofQuery = (text: string): Attribution | undefined => {
  const query = new URLSearchParams(text)
  const value = (name: string): string => query.get(name) ?? ""
  const attribution = trimmed({
    ref_code: value("ref"),
    utm: {
      source: value("utm_source"),
      medium: value("utm_medium"),
      campaign: value("utm_campaign"),
      content: value("utm_content"),
    },
  })
  if (attribution.utm === undefined) return undefined
  return [attribution.ref_code ?? "", ...Object.values(attribution.utm)].every(isWhole) ? attribution : undefined
}

/** Percent signs can bring in what the bytes did not have; URLSearchParams puts U+FFFD where they are no UTF-8. */
const isWhole = (value: string): boolean => isPrintable(value) && !value.includes("\uFFFD")

const trimmed = ({ ref_code, utm = {} }: Attribution): Attribution => {
  const ref = ref_code?.trim()
  const named = Object.entries(utm)
    .map(([name, value]) => [name, value.trim()] as const)
    .filter(([, value]) => value !== "")
  return { ...(ref && { ref_code: ref }), ...(named.length > 0 && { utm: Object.fromEntries(named) }) }
}

/** What a /start says of the campaign that sent the person; undefined where it says nothing that was understood. */
export const attributionOf = ({ trigger }: Action): Attribution | undefined => {
  if (trigger._tag !== "Start") return undefined
  const payload = parse(trigger.payload)
  return payload._tag === "Understood" ? payload.attribution : undefined
}
