import { type Link, stateOf } from "@concierge/core/attribution/Link.ts"
import { linkPayload, maxLinkPayload } from "@concierge/core/attribution/StartPayload.ts"
import { iso } from "@concierge/core/Time.ts"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { BadInput } from "../../BadInput.ts"
import { brand } from "../../where.ts"
import { terminalQr } from "./qr.ts"

/** A link as it is shown to people and programs. */
export const shown = (linkId: string, link: Link, username: string, now = iso(new Date().toISOString())) => ({
  id: linkId,
  ...link,
  state: stateOf(link, now),
  payload: linkPayload(linkId),
  url: `https://t.me/${username}?start=${linkPayload(linkId)}`,
})

/** As Telegram allows them, with or without the `@`. */
const username = /^@?([A-Za-z]\w{3,31})$/

export const usernameOf = Effect.fnUntraced(function* (chosen: Option.Option<string>) {
  if (Option.isNone(chosen)) return (yield* brand).bot.username
  const [, name] = username.exec(chosen.value) ?? []
  if (name !== undefined) return name
  return yield* new BadInput({ advice: `--bot: "${chosen.value}" is no username: write it like concierge_demo_bot` })
})

/** With its QR code, for a terminal. */
export const card = Effect.fnUntraced(function* (link: ReturnType<typeof shown>) {
  const said = Object.entries({ ref: link.ref_code, ...link.utm, until: link.expiresAt?.slice(0, 10) })
  const rows = said.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name.padEnd(9)}${value}`]))
  return [
    yield* terminalQr(link.url),
    "",
    `${link.name} (${link.state})`,
    `  ${"link".padEnd(9)}${link.url}`,
    `  ${"payload".padEnd(9)}${link.payload} (${link.payload.length} of ${maxLinkPayload} characters)`,
    ...rows,
  ].join("\n")
})
