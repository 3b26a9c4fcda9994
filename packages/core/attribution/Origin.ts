import { hash } from "node:crypto"
import * as Schema from "effect/Schema"
import type { Attribution } from "../onboarding/User.ts"

/** What sent a person, as far as a report tells people apart by it. Nothing at all: they came by themselves. */
export const Origin = Schema.Struct({
  linkId: Schema.optionalKey(Schema.String),
  /** Of whoever came by no stored link. */
  code: Schema.optionalKey(Schema.String),
  campaign: Schema.optionalKey(Schema.String),
  source: Schema.optionalKey(Schema.String),
  /** One of the day's codes beyond the first thousand. */
  other: Schema.optionalKey(Schema.Boolean),
})
export type Origin = typeof Origin.Type

export const originOf = ({ linkId, ref_code, utm = {} }: Attribution): Origin => {
  const { campaign, source } = utm
  return {
    ...(linkId !== undefined && { linkId }),
    ...(linkId === undefined && ref_code !== undefined && { code: ref_code }),
    ...(campaign !== undefined && { campaign }),
    ...(source !== undefined && { source }),
  }
}

/** Of nobody's sending, and of all that are not told apart. */
export const nowhere = "-"
export const elsewhere = "other"

/** Of equal origins the same 12 characters, whatever a stranger wrote into them. */
export const originId = ({ campaign = "", code = "", linkId = "", other = false, source = "" }: Origin): string => {
  if (other) return elsewhere
  const named = [linkId, code, campaign, source]
  if (named.every((name) => name === "")) return nowhere
  return hash("sha256", JSON.stringify(named), "base64url").slice(0, 12)
}
