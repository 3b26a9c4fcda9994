import { displayWidth } from "effect/cli/CliOutput"

/** As wide as the narrowest terminal that people still have. */
export const columns = 80

/** Lines that are too long go on below where what they say begins: after the first column of a table, or after the indent. */
export const fold = (text: string): string => text.split("\n").flatMap(folded).join("\n")

const folded = (line: string): ReadonlyArray<string> => {
  if (displayWidth(line) <= columns) return [line]
  const [before = ""] = /^\s*(?:\S.*?\s{4,})?/.exec(line) ?? []
  const indent = " ".repeat(displayWidth(before))
  const lines: Array<string> = []
  let current = before
  for (const word of line.slice(before.length).split(" ")) {
    const isFirst = current === before || current === indent
    if (!isFirst && displayWidth(`${current} ${word}`) > columns) {
      lines.push(current)
      current = indent + word
    } else current += isFirst ? word : ` ${word}`
  }
  return [...lines, current]
}
