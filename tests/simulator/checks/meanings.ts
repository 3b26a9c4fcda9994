import type { Link } from "@concierge/core/attribution/Link.ts"
import type { User } from "@concierge/core/onboarding/User.ts"
import { fromIso } from "@concierge/core/Time.ts"
import type { Write } from "../History.ts"
import { type Placement, placementOf } from "../placements.ts"
import { baseOf } from "../recordUsers.ts"
import { epoch } from "../Schedule.ts"
import type { Evidence } from "./Evidence.ts"

// Worked out from the links as the operator wrote them, and not by the code under test.

/** A change is in force within a minute; a store that answers slowly takes its time on top. */
const inForce = 60_000
const slowest = 25_000

export interface Meaning {
  readonly came: string
  readonly attribution: Partial<User>
}

const meaningOf = ({ clickId, code, isUnderstood, linkId }: Placement, link: Link | undefined, at: number): Meaning => {
  const coded = code === undefined ? {} : { ref_code: code }
  if (!isUnderstood) return { came: "not understood", attribution: coded }
  if (linkId === undefined) return { came: "unlinked", attribution: coded }
  if (link === undefined) return { came: "unknown", attribution: coded }
  const { disabledAt, expiresAt, ref_code, utm } = link
  const isExpired = expiresAt !== undefined && fromIso(expiresAt) <= at
  const linkState = disabledAt !== undefined ? "disabled" : isExpired ? "expired" : undefined
  return {
    came: linkState ?? "good",
    attribution: {
      linkId,
      ...(clickId !== undefined && { clickId }),
      ...(ref_code !== undefined && { ref_code }),
      ...(utm !== undefined && { utm }),
      ...(linkState === undefined ? { verified: true } : { linkState }),
    },
  }
}

/** All that a /start may have been taken for: by its link as that was when it was worked, or within the minute before. */
export const meaningsOf = (evidence: Evidence, { at, event, method, token }: Write): ReadonlyArray<Meaning> => {
  const { deeds, history, schedule } = evidence
  const { date = 0, payload } = deeds.get(baseOf(event)) ?? {}
  const placement = payload === undefined ? undefined : placementOf(payload)
  if (placement === undefined || method !== "Users.commit") return []
  const begun = history.writes.find((write) => write.method === "Users.begin" && write.token === token)?.at ?? at
  const isSlow = [...history.injected.values()].includes("slow")
  const since = begun - inForce - (isSlow ? slowest : 0)
  const changes = schedule.links.filter(({ linkId }) => linkId === placement.linkId)
  const before = changes.findLast((change) => epoch + change.at <= since)
  const meanwhile = changes.filter((change) => epoch + change.at > since && epoch + change.at <= at)
  return [before, ...meanwhile].map((change) => meaningOf(placement, change?.link, date))
}
