import * as Formatter from "effect/Formatter"
import * as Logger from "effect/Logger"

export interface Line {
  readonly timestamp: string
  readonly level: string
  readonly message: unknown
  readonly [field: string]: unknown
}

/** Characters; CloudWatch cuts at 256 KB, and nobody reads on for so long. */
const longest = 16_384

/** Of a line that is too long: texts beyond this many characters are left out, and the whole is shown up to so many. */
const short = 256
const shown = 4_096

/**
 * A line in JSON. Whatever is in it, it is one line, no longer than {@link longest} characters, and its time, level and
 * message are ours.
 */
export const jsonOf = (line: Line): string => {
  try {
    const text = Formatter.formatJson(line)
    return text.length <= longest ? text : Formatter.formatJson({ ...shortOf(line), cut: text.slice(0, shown) })
  } catch {
    const { level, message, timestamp } = line
    return JSON.stringify({ timestamp, level, message: String(message).slice(0, short), cut: "it cannot be written" })
  }
}

const shortOf = (line: Line): object => {
  const fields = Object.entries(line).map(([field, value]) => [
    field,
    typeof value === "string" ? value.slice(0, short) : value,
  ])
  return Object.fromEntries(fields.filter(([, value]) => ["string", "number", "boolean"].includes(typeof value)))
}

/** What Effect's logger is given, as a line: annotations are fields of their own, and what is logged beside a message, `details`. */
export const lines: Logger.Logger<unknown, Line> = Logger.map(
  Logger.formatStructured,
  ({ annotations, cause, level, message, timestamp }) => {
    const [text, ...details] = Array.isArray(message) ? message : [message]
    // By `_aws` CloudWatch would take a line for metrics.
    const { _aws: _, ...given } = annotations
    const own = { timestamp, level, message: text }
    // First to be read first, and last so that nothing of the same name takes their place.
    return { ...own, ...given, ...(details.length > 0 && { details }), ...(cause !== undefined && { cause }), ...own }
  },
)
