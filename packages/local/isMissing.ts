import type { PlatformError } from "effect/PlatformError"
import * as Predicate from "effect/Predicate"

/**
 * There is nothing of that name: no file, a file where the path goes on or a directory where it ends (`BadResource`), or
 * a name that no file can have, which has no tag of its own.
 */
export const isMissing = ({ reason }: PlatformError): boolean =>
  reason._tag === "NotFound" ||
  reason._tag === "BadResource" ||
  (Predicate.hasProperty(reason.cause, "code") && reason.cause.code === "ENAMETOOLONG")
