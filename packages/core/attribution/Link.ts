import * as Base64Url from "effect/encoding/Base64Url"
import * as Schema from "effect/Schema"
import { Utm } from "../onboarding/User.ts"
import { Iso } from "../Time.ts"

/** A stored link: what a placement's short code stands for. */
export const Link = Schema.Struct({
  /** For the operator: "Poster at the station". */
  name: Schema.String,
  ref_code: Schema.optionalKey(Schema.String),
  utm: Schema.optionalKey(Utm),
  createdAt: Iso,
  /** Whoever comes by it later is welcome, but does not count as verified. */
  expiresAt: Schema.optionalKey(Iso),
  disabledAt: Schema.optionalKey(Iso),
})
export type Link = typeof Link.Type

/** 12 random bytes, which nobody guesses, as 16 characters. None begins with `-`: a command would take it for a flag. */
export const newLinkId = (): string => {
  const id = Base64Url.encode(crypto.getRandomValues(new Uint8Array(12)))
  return id.startsWith("-") ? newLinkId() : id
}

export const isLinkId = (text: string): boolean => /^[A-Za-z0-9_-]{16}$/.test(text)

export const stateOf = ({ disabledAt, expiresAt }: Link, at: Iso): "good" | "expired" | "disabled" => {
  if (disabledAt !== undefined) return "disabled"
  return expiresAt !== undefined && expiresAt <= at ? "expired" : "good"
}
