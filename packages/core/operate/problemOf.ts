import * as Result from "effect/Result"
import { decodeUpdate, kindOf } from "../updates/Update.ts"

/** What is wrong with an update, by the fields' names; undefined: this version understands it. It quotes no value. */
export const problemOf = (update: object): string | undefined => {
  const decoded = decodeUpdate(update)
  if (Result.isSuccess(decoded)) return undefined
  const own = `["${kindOf(update)}"]`
  // The schema is a union of kinds: of the other kinds it says that they are missing.
  const problems = [...decoded.failure.message.matchAll(/^(\S.*)\n\s+at (\[.*\])$/gm)].flatMap(
    ([, what = "", path = ""]) =>
      path.startsWith(own) ? [`${path.replaceAll(/\["?(.+?)"?\]/g, ".$1").slice(1)}: ${withoutValue(what)}`] : [],
  )
  return problems.join("; ") || "it is not an update that onboarding uses"
}

const withoutValue = (what: string): string => what.replace(/, (?:got|actual) .*$/, "").toLowerCase()
