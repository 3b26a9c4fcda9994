import { type Link, stateOf } from "@concierge/core/attribution/Link.ts"
import { linkPayload, maxLinkPayload } from "@concierge/core/attribution/StartPayload.ts"
import { iso } from "@concierge/core/Time.ts"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { brand } from "../../where.ts"

/** A link as it is shown to people and programs. */
export const shown = (linkId: string, link: Link, username: string, now = iso(new Date().toISOString())) => ({
  id: linkId,
  ...link,
  state: stateOf(link, now),
  payload: linkPayload(linkId),
  url: `https://t.me/${username}?start=${linkPayload(linkId)}`,
})

export const usernameOf = Effect.fnUntraced(function* (chosen: Option.Option<string>) {
  return Option.getOrUndefined(chosen) ?? (yield* brand).bot.username
})

/** With its QR code, for a terminal. */
export const card = Effect.fnUntraced(function* (link: ReturnType<typeof shown>) {
  const { renderUnicodeCompact } = yield* Effect.promise(() => import("uqr"))
  const said = Object.entries({ ref: link.ref_code, ...link.utm, until: link.expiresAt?.slice(0, 10) })
  const rows = said.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name.padEnd(9)}${value}`]))
  return [
    renderUnicodeCompact(link.url),
    "",
    `${link.name} (${link.state})`,
    `  ${"link".padEnd(9)}${link.url}`,
    `  ${"payload".padEnd(9)}${link.payload} (${link.payload.length} of ${maxLinkPayload} characters)`,
    ...rows,
  ].join("\n")
})
