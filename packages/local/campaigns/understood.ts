import { stateOf } from "@concierge/core/attribution/Link.ts"
import { maxLinkPayload, parse } from "@concierge/core/attribution/StartPayload.ts"
import { Links } from "@concierge/core/services/Links.ts"
import { currentIso } from "@concierge/core/Time.ts"
import * as Effect from "effect/Effect"

/** What the bot would understand of a payload, and whether a link of Telegram's carries it. */
export const understood = Effect.fnUntraced(function* (payload: string) {
  const found = parse(payload)
  const about = {
    length: payload.length,
    most: maxLinkPayload,
    carried: /^[A-Za-z0-9_-]*$/.test(payload) && payload.length <= maxLinkPayload,
  }
  switch (found._tag) {
    case "None":
      return { ...about, form: "none" }
    case "NotUnderstood":
      return { ...about, form: "not understood", reason: found.reason }
    case "Understood":
      return { ...about, form: found.form, ...found.attribution }
    case "Link": {
      const link = yield* (yield* Links).get(found.linkId)
      if (link === undefined) return { ...about, form: "unknown link", ref_code: found.code }
      const { name, ref_code, utm } = link
      const state = stateOf(link, yield* currentIso)
      return { ...about, form: "link", name, state, ref_code, utm, clickId: found.clickId }
    }
  }
})
