import type { Mutant } from "./Mutant.ts"

/** What is looked for, and what takes its place. */
const faults: ReadonlyArray<readonly [RegExp, string | ((found: string) => string)]> = [
  [/===/g, "!=="],
  [/!==/g, "==="],
  [/ && /g, " || "],
  [/ \|\| /g, " && "],
  [/ > /g, " >= "],
  [/ < /g, " <= "],
  [/ >= /g, " > "],
  [/ <= /g, " < "],
  [/ \+ /g, " - "],
  [/ - /g, " + "],
  [/\btrue\b/g, "false"],
  [/\bfalse\b/g, "true"],
  [/(?<=[(\s])!(?=[\w(])/g, ""],
  [/(?<=[\s(,:])\d+(?=[\s),])/g, (digits) => String(Number(digits) + 1)],
  [/(?<=if \()[^\n]+(?=\) (?:return|continue|\{))/g, (condition) => `!(${condition})`],
  // A step left out, where it stands on a line of its own and gives nothing.
  // What is only written into the log or a span is none of the tests'.
  [/(?<=\n) +yield\* (?!Effect\.(?:log|annotate))[^\n=]+(?=\n)/g, ""],
]

/** Comments, texts, imports and types, how many go at once and what becomes of a result that nobody reads: no fault there is the program's. */
const quiet =
  /\bconcurrency: \d+|\bdiscard: true|\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|^import [^\n]*|^(?:export )?(?:interface|type) [\s\S]*?\n(?=\n|$)|^ *readonly [^\n]*|\$\{|`/gm

/** Every fault that can be planted in a file, in the order of the file. */
export const mutantsOf = (file: string, source: string): ReadonlyArray<Mutant> => {
  const seen = source.replace(quiet, (found) => found.replace(/[^\n]/g, "_"))
  const lines = source.split("\n")
  const times = new Map<string, number>()
  return faults
    .flatMap(([pattern, to]) =>
      [...seen.matchAll(pattern)].map(({ 0: found, index }) => {
        const end = index + found.length
        const from = source.slice(index, end)
        const before = source.slice(0, index).split("\n")
        const [line, column] = [before.length, before.at(-1)?.length ?? 0]
        const text = (lines[line - 1] ?? "").trim()
        return { file, line, column, start: index, end, from, to: typeof to === "string" ? to : to(from), text }
      }),
    )
    .toSorted((one, other) => one.start - other.start)
    .map((mutant) => {
      const alike = `${mutant.text} ${mutant.from} ${mutant.to}`
      const nth = times.get(alike) ?? 0
      times.set(alike, nth + 1)
      return { ...mutant, nth }
    })
}
