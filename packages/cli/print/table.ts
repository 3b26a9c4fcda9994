import { displayWidth } from "effect/cli/CliOutput"
import { bold } from "./colour.ts"

/** Columns as wide as they must be: text to the left, figures to the right. */
export const table = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string | number>>): string => {
  const widths = head.map((title, column) =>
    Math.max(displayWidth(title), ...rows.map((row) => displayWidth(String(row[column] ?? "")))),
  )
  const line = (cells: ReadonlyArray<string | number>) =>
    cells
      .map((cell, column) => {
        const padding = " ".repeat(Math.max(0, (widths[column] ?? 0) - displayWidth(String(cell))))
        return typeof cell === "number" ? padding + cell : cell + padding
      })
      .join("  ")
      .trimEnd()
  const titles = head.map((title, column) =>
    typeof rows[0]?.[column] === "number" ? title.padStart(widths[column] ?? 0) : title,
  )
  return [bold(line(titles)), ...rows.map(line)].join("\n")
}

/** A share of a whole, in eighths of a character. */
export const bar = (part: number, whole: number, width = 20): string => {
  const eighths = whole === 0 ? 0 : Math.round((part / whole) * width * 8)
  const rest = eighths % 8
  return "█".repeat(Math.floor(eighths / 8)) + (rest === 0 ? "" : ("▏▎▍▌▋▊▉"[rest - 1] ?? ""))
}

export const percent = (part: number, whole: number): string =>
  whole === 0 ? "–" : `${Math.round((part / whole) * 100)} %`
