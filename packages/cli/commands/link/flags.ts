import * as Argument from "effect/cli/Argument"
import type * as Option from "effect/Option"
import { text } from "../../flags.ts"

/** What a link can say of whoever comes by it. */
export const says = {
  source: text("source", "utm_source: where they come from, poster"),
  medium: text("medium", "utm_medium: by what, print"),
  campaign: text("campaign", "utm_campaign: spring"),
  content: text("content", "utm_content: which of several"),
  term: text("term", "utm_term"),
  ref: text("ref", "ref_code: a referrer or partner"),
  until: text("until", "The last day on which it counts as verified, 2026-12-31"),
}

export type Says = { readonly [K in keyof typeof says]: Option.Option<string> }

export const bot = text("bot", "Username of the bot; the brand's, unless given")
export const id = Argument.String("id").pipe(Argument.withDescription("The link's id: 16 characters"))
