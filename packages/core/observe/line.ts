import * as Formatter from "effect/Formatter"
import * as Logger from "effect/Logger"

export interface Line {
  readonly timestamp: string
  readonly level: string
  readonly message: unknown
  readonly [field: string]: unknown
}

/** Bytes; CloudWatch cuts at 256 KB, and nobody reads on for so long. */
const longest = 16_384

/**
 * A line that is too long is cut to so many characters of a text and of a key, to so many bytes of fields, and to so many
 * characters of the whole, which take three bytes each at most.
 */
const cut = { text: 256, key: 64, fields: 3_584, whole: 4_096 } as const

/** In JSON; undefined: it cannot be written. */
export const textOf = (value: unknown): string | undefined => {
  try {
    return Formatter.formatJson(value)
  } catch {
    return undefined
  }
}

/**
 * A line in JSON. Whatever is in it, it is one line, no longer than {@link longest} bytes, and its time, level and message
 * are ours.
 */
export const jsonOf = (line: Line): string => {
  const text = textOf(line)
  if (text !== undefined && Buffer.byteLength(text) <= longest) return text
  return JSON.stringify({ ...shortOf(line), cut: text?.slice(0, cut.whole) ?? "it cannot be written" })
}

/** Texts, numbers and truth alone, in their order, for as long as there is room. */
const shortOf = (line: Line): object => {
  let room: number = cut.fields
  const fields = Object.entries(line).flatMap(([key, value]) => {
    if (!["string", "number", "boolean"].includes(typeof value)) return []
    const field = [key.slice(0, cut.key), typeof value === "string" ? value.slice(0, cut.text) : value] as const
    room -= Buffer.byteLength(JSON.stringify(field))
    return room < 0 ? [] : [field]
  })
  return Object.fromEntries(fields)
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
