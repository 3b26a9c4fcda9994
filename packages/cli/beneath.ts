import * as Predicate from "effect/Predicate"

/** How deep an error of the SDK's may lie in ours. */
const deepest = 8

/** An error, and all that it came of: what its `reason` and its `cause` hold, the nearest first. */
export const beneath = (error: unknown, depth = 0): ReadonlyArray<object> =>
  depth > deepest || !Predicate.isObject(error)
    ? []
    : [
        error,
        ...["reason", "cause"].flatMap((part) =>
          Predicate.hasProperty(error, part) ? beneath(error[part], depth + 1) : [],
        ),
      ]
