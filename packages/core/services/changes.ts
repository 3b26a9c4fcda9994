import { isDeepStrictEqual } from "node:util"
import type { User } from "../onboarding/User.ts"

/**
 * What a commit writes: the attributes that differ, and the names of those that are gone, the lock always among them.
 * Nothing else is touched, so that attributes of a newer version than this one survive.
 */
export const changesOf = (before: User, after: User) => {
  const { lock: _, ...unlocked } = after
  const known = new Map<string, unknown>(Object.entries(before))
  const changed = Object.entries(unlocked).filter(([name, value]) => !isDeepStrictEqual(value, known.get(name)))
  const gone = Object.keys(before).filter((name) => name !== "lock" && !Object.hasOwn(unlocked, name))
  return { changed: Object.fromEntries(changed), gone: ["lock", ...gone] }
}
