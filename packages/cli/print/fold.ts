import { displayWidth } from "effect/cli/CliOutput"

/** As wide as the narrowest terminal that people still have. */
export const columns = 80

/**
 * Lines that are too long go on below where what they say begins: after what `before` matches, which is the first column
 * of a table, or the indent.
 */
export const fold = (text: string, before = /^\s*(?:\S.*?\s{4,})?/): string =>
  text
    .split("\n")
    .flatMap((line) => folded(line, before.exec(line)?.[0] ?? ""))
    .join("\n")

const folded = (line: string, before: string): ReadonlyArray<string> => {
  if (displayWidth(line) <= columns) return [line]
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
