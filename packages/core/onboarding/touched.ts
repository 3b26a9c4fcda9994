import { type Counted, someCode } from "../attribution/Counted.ts"
import { originId, originOf } from "../attribution/Origin.ts"
import type { Touch } from "../attribution/Touch.ts"
import { type Iso, iso } from "../Time.ts"
import type { Outcome } from "../updates/Outcome.ts"
import type { Acted } from "./Acted.ts"
import type { Unlocked } from "./profile.ts"

/**
 * The first /start that was understood says for good what sent the person, also when it is stale: who typed another while
 * Telegram was down still came by the campaign's link. Any other is the last one, until a later one comes.
 */
export const touched = (user: Unlocked, { action: { at }, touch }: Acted, outcome: Outcome): Unlocked => {
  if (touch === undefined || outcome === "ignored: expired") return user
  const { attribution, came } = touch
  if (user.attributed_at === undefined && came !== "not understood") {
    return { ...user, ...attribution, attributed_at: at }
  }
  if (at < lastTouchAt(user)) return user
  const { last_click: _click, last_link: _link, last_ref_code: _code, last_utm: _utm, ...rest } = user
  const { clickId, linkId, ref_code, utm } = attribution
  return {
    ...rest,
    last_touch_at: at,
    ...(linkId !== undefined && { last_link: linkId }),
    ...(clickId !== undefined && { last_click: clickId }),
    ...(ref_code !== undefined && { last_ref_code: ref_code }),
    ...(utm !== undefined && { last_utm: utm }),
  }
}

/** Before any other moment. */
const never = iso("")

const lastTouchAt = ({ attributed_at = never, last_touch_at = never }: Unlocked): Iso =>
  last_touch_at > attributed_at ? last_touch_at : attributed_at

/** What is not the first touch: a link changed since is the same one, and so is a code that says the same. */
type Other = Pick<Counted, "last" | "lastCampaign">

export const lastOf = (user: Unlocked): Other => {
  const { last_link, last_ref_code, last_touch_at, last_utm } = user
  if (last_touch_at === undefined) return {}
  const attribution = {
    ...(last_link !== undefined && { linkId: last_link }),
    ...(last_ref_code !== undefined && { ref_code: last_ref_code }),
    ...(last_utm !== undefined && { utm: last_utm }),
  }
  return last_touch_at < (user.attributed_at ?? never) ? {} : otherOf(user, { attribution })
}

export const otherOf = (user: Unlocked, { attribution }: Pick<Touch, "attribution">): Other => {
  const { linkId, utm } = attribution
  if (user.attributed_at === undefined) return {}
  if (linkId !== undefined) {
    if (linkId === user.linkId) return {}
    return { last: linkId, ...(utm?.campaign !== undefined && { lastCampaign: utm.campaign }) }
  }
  return user.linkId === undefined && originId(originOf(attribution)) === originId(originOf(user))
    ? {}
    : { last: someCode }
}
