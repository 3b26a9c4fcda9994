import { maxLinkPayload } from "../attribution/StartPayload.ts"
import type { Look, SampleLink } from "./Brand.ts"

interface Shown {
  readonly name: string
  readonly site: string
  readonly bot: { readonly username: string; readonly name: string }
  readonly look: Look
  readonly links: ReadonlyArray<SampleLink>
}

/** What is wrong with how a brand is shown, naming the field. */
export const problemOfLook = ({ bot, links, look, name, site }: Shown): string | undefined => {
  if (name.trim() === "") return "brand.ts: name: it is empty"
  if (!site.startsWith("https://")) return `brand.ts: site: "${site}" does not begin with https://`
  if (!/^[A-Za-z]\w{4,31}$/.test(bot.username) || !/bot$/i.test(bot.username)) {
    return `brand.ts: bot.username: "${bot.username}" is none of Telegram's: 5 to 32 letters, digits and _, with "bot" at the end`
  }
  for (const field of ["accent", "accentOnDark"] as const) {
    if (!/^#[0-9a-f]{6}$/i.test(look[field]))
      return `brand.ts: look.${field}: "${look[field]}" is no colour such as #5a33d6`
  }
  if (look.icon.trim() === "") return "brand.ts: look.icon: it is empty"
  for (const [index, { payload }] of links.entries()) {
    if (payload.length > maxLinkPayload || !/^[A-Za-z0-9_-]*$/.test(payload)) {
      return `brand.ts: links[${index}].payload: no link can carry it: use up to ${maxLinkPayload} of A-Z, a-z, 0-9, _ and -`
    }
  }
  return undefined
}
