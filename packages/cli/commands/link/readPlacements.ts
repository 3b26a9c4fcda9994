import { readFile } from "node:fs/promises"
import * as Effect from "effect/Effect"
import * as Csv from "effect/encoding/Csv"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { BadInput } from "../../BadInput.ts"
import type { Says } from "./flags.ts"

const columns = ["name", "source", "medium", "campaign", "content", "term", "ref", "until"] as const

/** A placement a line, its columns named in the first one. */
export const readPlacements = Effect.fnUntraced(function* (path: string) {
  const no = (what: string) => new BadInput({ advice: `--csv: ${path} ${what}` })
  const text = yield* Effect.tryPromise({
    try: () => readFile(path, "utf8"),
    catch: () => no("cannot be read"),
  })
  const [head = [], ...lines] = yield* Stream.make(text.replace(/^\uFEFF/, "")).pipe(
    Stream.pipeThroughChannel(Csv.decodeString()),
    Stream.runCollect,
    Effect.mapError(() => no("is no CSV: a quote is not closed, or stands in a value")),
  )
  const names = head.map((name) => name.trim().toLowerCase())
  const unknown = names.find((name) => !columns.some((column) => column === name))
  if (unknown !== undefined || !names.includes("name")) {
    const wrong = unknown === undefined ? "has no column name" : `has a column "${unknown}"`
    return yield* no(`${wrong}: its first line names some of ${columns.join(",")}`)
  }
  const twice = names.find((name, index) => names.indexOf(name) < index)
  if (twice !== undefined) return yield* no(`has the column "${twice}" twice`)
  const seen = new Map<string, number>()
  const placements = lines.flatMap((line, index) => {
    const value = (column: (typeof columns)[number]) =>
      Option.filter(Option.fromUndefinedOr(line[names.indexOf(column)]?.trim()), (text) => text !== "")
    const name = Option.getOrElse(value("name"), () => "")
    const said: Says = {
      source: value("source"),
      medium: value("medium"),
      campaign: value("campaign"),
      content: value("content"),
      term: value("term"),
      ref: value("ref"),
      until: value("until"),
    }
    // The file's first line is 1, and names the columns.
    return line.every((cell) => cell.trim() === "") ? [] : [{ line: index + 2, name, said, cells: line.length }]
  })
  for (const { cells, line, name } of placements) {
    if (cells > names.length) {
      return yield* no(
        `line ${line} has ${cells} values for ${names.length} columns: put quotes round a value with a comma`,
      )
    }
    const before = seen.get(name)
    if (before !== undefined) return yield* no(`line ${line} has the name of line ${before}, "${name}"`)
    if (name !== "") seen.set(name, line)
  }
  if (placements.length === 0) return yield* no("has no placement: a line each, after the first")
  return placements
})
