import type { Line } from "../observe/line.ts"
import type { Trace } from "./traceUpdate.ts"

/** One update's path as somebody reads it, at a terminal or beside the page, line by line. */
export const traceLines = ({ event, left, lines, updateId }: Trace): ReadonlyArray<string> => [
  `Update ${updateId}${event === undefined ? "" : `: ${event.eventType}${event.userId === undefined ? "" : ` by ${event.userId}`}`}`,
  ...(event !== undefined || lines.length > 0 ? [""] : []),
  ...lines.flatMap(shown),
  ...(event === undefined
    ? []
    : [
        `stored    first seen ${event.timestamp}, ${event.deliveries} ${event.deliveries === 1 ? "delivery" : "deliveries"}, ${event.outcome ?? "not ended yet"}${event.finishedAt === undefined ? "" : ` at ${event.finishedAt}`}`,
        ...(event.degraded === true ? ["          less was sent than planned"] : []),
        ...(event.ambiguous === undefined
          ? []
          : [`          ${event.ambiguous} earlier messages may have arrived too`]),
      ]),
  ...(left.length > 0 ? ["", ...left] : []),
]

const shown = (line: Line): ReadonlyArray<string> => {
  const at = line.timestamp.slice(11, 23)
  switch (line.message) {
    case "request":
      return [
        `${at}  webhook  ${said(line, ["outcome", "status", "durationMs", "correlationId", "functionVersion", "coldStart"])}`,
      ]
    case "update":
      return [
        `${at}  worker   ${said(line, [...whole])}`,
        ...steps(line.steps).map(
          ([name, from, millis, ok]) =>
            `              ${String(from).padStart(8)} ms  ${name} ${millis} ms${ok === false ? ", failed" : ""}`,
        ),
      ]
    default:
      return [`${at}  ${line.level.toLowerCase().padEnd(7)}  ${String(line.message)}`]
  }
}

const whole = [
  "outcome",
  "reason",
  "step",
  "method",
  "result",
  "attempt",
  "receives",
  "queuedMs",
  "limitedMs",
  "startMs",
  "durationMs",
  "correlationId",
  "functionVersion",
  "coldStart",
] as const

const said = (line: Line, fields: ReadonlyArray<string>): string =>
  fields.flatMap((field) => (line[field] === undefined ? [] : [`${field} ${String(line[field])}`])).join(", ")

const steps = (value: unknown): ReadonlyArray<ReadonlyArray<unknown>> =>
  Array.isArray(value) ? value.filter(Array.isArray) : []
