import { listedAs, type Role, roleOf } from "./access.ts"
import { beneath } from "./beneath.ts"
import { stageName } from "./places/resource.ts"

/** How AWS's services call it. */
const refusals = /^(AccessDenied(Exception)?|KMSAccessDeniedException|UnauthorizedOperation|NotAuthorized(Exception)?)$/

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

const refusalIn = (error: unknown): string | undefined =>
  beneath(error).flatMap((part) =>
    part instanceof Error && refusals.test(part.name)
      ? [[part.name, ...part.message.split("\n", 1)].filter((text) => text !== "").join(", ")]
      : [],
  )[0]
