import * as Predicate from "effect/Predicate"

/** Of an error of ours its tag and its reason's, `UsersError.Unavailable`; of any other its class. Never its message. */
export const nameOfError = (error: unknown): string => {
  const names = [tagOf(error), tagOf(Predicate.hasProperty(error, "reason") ? error.reason : undefined)]
  const tags = names.filter((name) => name !== undefined)
  return tags.length > 0 ? tags.join(".") : error instanceof Error ? error.name : "defect"
}

const tagOf = (value: unknown): string | undefined =>
  Predicate.hasProperty(value, "_tag") && typeof value._tag === "string" ? value._tag : undefined
