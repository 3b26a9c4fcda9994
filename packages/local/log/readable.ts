import { type Line, textOf } from "@concierge/core/observe/line.ts"

/** Known without being said: the first stands before, and the steps are for `concierge trace`. */
const unsaid = ["timestamp", "level", "message", "steps"]

/** Characters of one value; the file has it whole. */
const longest = 500

/** A line of the log for somebody at a terminal: `12:01:03.123 INFO  update updateId=7 outcome=applied`. Always one line. */
export const readable = (line: Line): string => {
  const { level, message, timestamp } = line
  const fields = Object.entries(line).flatMap(([field, value]) =>
    unsaid.includes(field) || value === undefined ? [] : [`${oneLine(field)}=${plain(value)}`],
  )
  return [
    timestamp.slice(11, 23),
    level.padEnd(5),
    typeof message === "string" ? oneLine(message) : plain(message),
    ...fields,
  ].join(" ")
}

const plain = (value: unknown): string => {
  if (typeof value === "string" && /^[\w:.…-]{1,500}$/.test(value)) return value
  return oneLine(textOf(value) ?? "unwritable")
}

/** What would break the line, or colour the terminal, is written as its number. */
const oneLine = (text: string): string =>
  text
    .slice(0, longest)
    .replaceAll(/[\p{Cc}\u2028\u2029]/gu, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
