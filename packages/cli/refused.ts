import * as Predicate from "effect/Predicate"
import { listedAs, type Role, roleOf } from "./access.ts"
import { stageName } from "./places/resource.ts"

/** How AWS's services call it. */
const refusals = /^(AccessDenied(Exception)?|KMSAccessDeniedException|UnauthorizedOperation|NotAuthorized(Exception)?)$/

/** How deep an error of the SDK's may lie in ours. */
const deepest = 8

/** In one line, where AWS refused what was asked: which role the command needs. `undefined`: it was something else. */
export const refused = (error: unknown, typed: ReadonlyArray<string>): string | undefined => {
  const refusal = refusalIn(error)
  if (refusal === undefined) return undefined
  return `AWS refuses this: ${refusal}. ${remedyOf(typed) ?? ""}`.trim()
}

/** Which role the command needs, and who gives it; undefined where it is none that is known. */
export const remedyOf = (typed: ReadonlyArray<string>): string | undefined => {
  const role = roleOf(typed)
  return role === undefined ? undefined : `"${listedAs(typed)}" needs the role ${role}: ${remedies[role]()}`
}

const policyOf = (role: "viewer" | "operator"): string => {
  return `let an administrator attach the policy concierge-${stageName() ?? "<stage>"}-${role} to you`
}

const remedies: Readonly<Record<Role, () => string>> = {
  viewer: () => policyOf("viewer"),
  operator: () => policyOf("operator"),
  administrator: () => "it is for whoever deploys the stage",
}

const refusalIn = (error: unknown, depth = 0): string | undefined => {
  if (depth > deepest || !Predicate.isObject(error)) return undefined
  if (Predicate.hasProperty(error, "name") && refusals.test(String(error.name))) {
    const said = error instanceof Error ? error.message : ""
    return [String(error.name), ...said.split("\n", 1)].filter((part) => part !== "").join(", ")
  }
  const reason = Predicate.hasProperty(error, "reason") ? refusalIn(error.reason, depth + 1) : undefined
  return reason ?? (Predicate.hasProperty(error, "cause") ? refusalIn(error.cause, depth + 1) : undefined)
}
