import * as Base64Url from "effect/encoding/Base64Url"
import * as Result from "effect/Result"
import { isPlain } from "../isPlain.ts"
import type { Attribution } from "../onboarding/User.ts"

export type StartPayload =
  | { readonly _tag: "None" }
  /** It has the form of a stored link's: whether there is such a link, the store knows. If not, it is a plain `code`. */
  | { readonly _tag: "Link"; readonly linkId: string; readonly clickId?: string; readonly code: string }
  | { readonly _tag: "Understood"; readonly form: "token" | "query" | "code"; readonly attribution: Attribution }
  /** Nobody's link says this: somebody typed it, or a program left its placeholder. `code` is what of it can be shown. */
  | { readonly _tag: "NotUnderstood"; readonly reason: NotUnderstood; readonly code?: string }

export type NotUnderstood = "not printable" | "no link can carry it" | "a placeholder"

/** What Telegram passes on from a link: so many of `A-Z a-z 0-9 _ -`. */
export const maxLinkPayload = 64

export const parse = (text: string): StartPayload => {
  const payload = withPadding(text.trim())
  if (payload === "") return { _tag: "None" }
  if (!isPrintable(payload)) return { _tag: "NotUnderstood", reason: "not printable" }
  const code = payload.slice(0, maxLinkPayload).toWellFormed()
  if (!isCarried(payload)) return { _tag: "NotUnderstood", reason: "no link can carry it", code }
  if (isPlaceholder(payload)) return { _tag: "NotUnderstood", reason: "a placeholder", code }
  const link = linkOfPayload(payload)
  if (link !== undefined) return link
  const decoded = decode(payload)
  const token = decoded === undefined ? undefined : ofToken(decoded)
  if (token !== undefined) return { _tag: "Understood", form: "token", attribution: token }
  const query = decoded === undefined ? undefined : ofQuery(decoded)
  if (query !== undefined) return { _tag: "Understood", form: "query", attribution: query }
  if (decoded !== undefined && isUnfilled(decoded)) return { _tag: "NotUnderstood", reason: "a placeholder", code }
  return { _tag: "Understood", form: "code", attribution: { ref_code: payload } }
}

/** Some programs write base64's `=` as an address does. */
const withPadding = (payload: string): string => payload.replace(/(?:%3D){1,2}$/i, (end) => "=".repeat(end.length / 3))

/** Padding never comes by a link, but by whoever copies a token from elsewhere. */
const isCarried = (payload: string): boolean => /^[A-Za-z0-9_-]{1,64}={0,2}$/.test(payload)

/** By position: a click id may itself hold `-`. At most 45 characters of it fit. */
const linkOfPayload = (payload: string): StartPayload | undefined => {
  const [, linkId, clickId = ""] = /^l_([A-Za-z0-9_-]{16})(?:-([A-Za-z0-9_-]{0,45}))?$/.exec(payload) ?? []
  if (linkId === undefined) return undefined
  return { _tag: "Link", linkId, code: payload, ...(clickId !== "" && !isPlaceholder(clickId) && { clickId }) }
}

export const linkPayload = (linkId: string): string => `l_${linkId}`

/** What a program writes that was given no value, and macros that no advertiser's server has filled in. */
const isPlaceholder = (value: string): boolean =>
  /^(?:undefined|null|nil|none|nan|true|false|__\w+__|\{.*\}|\[.*\]|<.*>|\$\{.*\}|%.*%|#.*#)$/i.test(value)

// Formats that show nothing are refused too, except the joiners of emoji and of Persian words.
const isPrintable = (text: string): boolean =>
  isPlain(text) || !/[[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]--[\u200C\u200D]]/v.test(text)

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

/** Of a token; the system before this one left the last two away. */
const fieldsOf = (text: string): ReadonlyArray<string> | undefined => {
  const fields = text.split("|")
  return fields.length < 4 || fields.length > 6 ? undefined : fields
}

/** A token or a query whose every name is a placeholder: its form says what it was meant to be. */
const isUnfilled = (text: string): boolean => {
  const names = fieldsOf(text)?.slice(0, 4) ?? [...new URLSearchParams(text).values()]
  return names.some(isPlaceholder) && names.every((name) => name.trim() === "" || isPlaceholder(name))
}

const ofToken = (text: string): Attribution | undefined => {
  const fields = fieldsOf(text)
  if (fields === undefined) return undefined
  const [ref_code = "", source = "", medium = "", campaign = ""] = fields
  const attribution = trimmed({ ref_code, utm: { source, medium, campaign } })
  return Object.keys(attribution).length > 0 ? attribution : undefined
}

const ofQuery = (text: string): Attribution | undefined => {
  const query = new URLSearchParams(text)
  const value = (name: string): string => query.get(name) ?? ""
  const attribution = trimmed({
    ref_code: value("ref_code") || value("ref"),
    utm: {
      source: value("utm_source"),
      medium: value("utm_medium"),
      campaign: value("utm_campaign"),
      content: value("utm_content"),
      term: value("utm_term"),
    },
  })
  const values = [attribution.ref_code ?? [], Object.values(attribution.utm ?? {})].flat()
  return values.length > 0 && values.every(isWhole) ? attribution : undefined
}

/** Percent signs can bring in what the bytes did not have; URLSearchParams puts U+FFFD where they are no UTF-8. */
const isWhole = (value: string): boolean => isPrintable(value) && !value.includes("\uFFFD")

const says = (value: string): boolean => value !== "" && !isPlaceholder(value)

const trimmed = ({ ref_code = "", utm = {} }: Attribution): Attribution => {
  const ref = ref_code.trim()
  const named = Object.entries(utm)
    .map(([name, value]) => [name, value.trim()] as const)
    .filter(([, value]) => says(value))
  return { ...(says(ref) && { ref_code: ref }), ...(named.length > 0 && { utm: Object.fromEntries(named) }) }
}
