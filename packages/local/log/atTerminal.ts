import { readLine } from "@concierge/core/observe/read.ts"
import * as Option from "effect/Option"
import type { LogFormat } from "./logging.ts"
import { readable } from "./readable.ts"

/**
 * A line of a function's as the one machine's own would be at the terminal; none where that leaves it out. One that is none of
 * our log, such as Node's own, stays as it is.
 */
export const atTerminal = (text: string, format: LogFormat): string | undefined => {
  if (format === "json") return text
  const line = Option.getOrUndefined(readLine(text))
  if (line === undefined) return text
  // The update's own line follows.
  return line.outcome === "accepted" ? undefined : readable(line)
}
