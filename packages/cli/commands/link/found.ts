import { isLinkId } from "@concierge/core/attribution/Link.ts"
import { Links } from "@concierge/core/services/Links.ts"
import * as Effect from "effect/Effect"
import { BadInput } from "../../BadInput.ts"

/** What people copy is as often the whole payload. */
const idOf = (given: string): string => (given.length === 18 ? given.replace(/^l_/, "") : given)

/** The link of an id, or what is wrong with the id. */
export const found = Effect.fnUntraced(function* (given: string) {
  const linkId = idOf(given)
  const link = isLinkId(linkId) ? yield* (yield* Links).get(linkId) : undefined
  if (link !== undefined) return { link, linkId }
  const known = isLinkId(linkId) ? "there is no such link" : "an id has 16 characters of A-Z, a-z, 0-9, _ and -"
  return yield* new BadInput({ advice: `"${given}": ${known}. See: concierge link list` })
})
