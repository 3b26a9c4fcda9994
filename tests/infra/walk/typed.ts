/** What is typed on a page, and what the page says it prints. */
export interface Typed {
  readonly command: string
  readonly prints: ReadonlyArray<string>
}

const indentOf = (line: string) => line.length - line.trimStart().length

/** Commands that stand in a sentence, with what they are about: `npm run release` alone is but a name. */
const inSentence =
  /`((?:npx (?:sst|concierge) \w+ [^`]+)|(?:(?:[A-Z_]+=\S+ )?npm run [^`]+ -- [^`]+)|(?:gh api [^`]+)|(?:git tag [^`]+))`/g

/** A loop ends at its `done`, a line that ends in a backslash goes on. */
const isWhole = (command: string) =>
  command.startsWith("for ") ? /(^|; ?|\n)done$/.test(command) : !command.endsWith("\\")

/** All that a page has somebody type, in its order: indented lines that begin with `$`, and commands in its sentences. */
export const typedIn = (page: string): ReadonlyArray<Typed> => {
  const found: Array<{ command: string; indent: number; prints: Array<string> }> = []
  let [prose, open]: [string, (typeof found)[number] | undefined] = ["", undefined]
  const endProse = () => {
    for (const [, command = ""] of prose.matchAll(inSentence)) found.push({ command, indent: 0, prints: [] })
    prose = ""
  }
  for (const line of page.split("\n")) {
    const [, dollar, text = ""] = /^ {4,}(\$ )(.*)$/.exec(line) ?? []
    if (open !== undefined && !isWhole(open.command)) open.command += `\n${line.trim()}`
    else if (dollar !== undefined) {
      endProse()
      open = { command: text.trim(), indent: indentOf(line), prints: [] }
      found.push(open)
    } else if (open !== undefined && indentOf(line) >= open.indent) open.prints.push(line.slice(open.indent))
    else if (line.trim() === "") {
      if (open?.prints.length !== 0) open?.prints.push("")
    } else {
      open = undefined
      prose += `${line}\n`
    }
    if (line.trim() === "" && open === undefined) endProse()
  }
  endProse()
  return found.map(({ command, prints }) => ({
    command,
    prints: prints
      .join("\n")
      .trimEnd()
      .split("\n")
      .filter((line) => line !== ""),
  }))
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")

const lineOf = (text: string) => new RegExp(`^${text.trim().split("…").map(escaped).join(".*")}$`)

/** Whether that is what was printed: a line of `…` alone is any lines or none, `…` in a line any text. */
export const isPrinted = (prints: ReadonlyArray<string>, output: string): boolean => {
  const lines = output.split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.trim()]))
  let [next, isFree] = [0, false]
  for (const text of prints) {
    if (text.trim() === "…") isFree = true
    else {
      const found = lines.findIndex((line, index) => index >= next && lineOf(text).test(line))
      if (found === -1 || (!isFree && found !== next)) return false
      next = found + 1
      isFree = false
    }
  }
  return isFree || next === lines.length
}
