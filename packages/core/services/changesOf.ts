import { isDeepStrictEqual } from "node:util"
import type { Unlocked } from "../onboarding/profile.ts"
import type { User } from "../onboarding/User.ts"
import { upgradedFields } from "../stored/shape.ts"

/**
 * What a commit writes: the attributes that differ, and the names of those that are gone, the lock always among them.
 * Nothing else is touched, so that attributes of a newer version than this one survive.
 */
export const changesOf = (before: User, after: Unlocked) => {
  const known = new Map<string, unknown>(Object.entries(before))
  const isOld = before.shape !== after.shape
  const changed = Object.entries(after).filter(
    ([name, value]) => (isOld && upgradedFields.includes(name)) || !isDeepStrictEqual(value, known.get(name)),
  )
  const gone = Object.keys(before).filter((name) => name !== "lock" && !Object.hasOwn(after, name))
  return { changed: Object.fromEntries(changed), gone: ["lock", ...gone] }
}
