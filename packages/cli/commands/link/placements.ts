import { readFile } from "node:fs/promises"
import * as Effect from "effect/Effect"
import * as Csv from "effect/encoding/Csv"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { BadInput } from "../../BadInput.ts"

const columns = ["name", "source", "medium", "campaign", "content", "term", "ref", "until"] as const

/** A placement a line, its columns named in the first one. */
export const readPlacements = Effect.fnUntraced(function* (path: string) {
  const text = yield* Effect.tryPromise({
    try: () => readFile(path, "utf8"),
    catch: () => new BadInput({ advice: `--csv: ${path} cannot be read` }),
  })
  const [head = [], ...lines] = yield* Stream.make(text.replace(/^\uFEFF/, "")).pipe(
    Stream.pipeThroughChannel(Csv.decodeString()),
    Stream.runCollect,
    Effect.mapError(
      () => new BadInput({ advice: `--csv: ${path} is no CSV: a quote is not closed, or stands in a value` }),
    ),
  )
  const unknown = head.find((name) => !columns.some((column) => column === name))
  if (unknown !== undefined || !head.includes("name")) {
    const wrong = unknown === undefined ? "has no column name" : `has a column "${unknown}"`
    return yield* new BadInput({ advice: `--csv: ${path} ${wrong}: its first line names some of ${columns.join(",")}` })
  }
  return lines.map((line) => {
    const value = (column: (typeof columns)[number]) =>
      Option.filter(Option.fromUndefinedOr(line[head.indexOf(column)]?.trim()), (text) => text !== "")
    return {
      name: Option.getOrElse(value("name"), () => ""),
      source: value("source"),
      medium: value("medium"),
      campaign: value("campaign"),
      content: value("content"),
      term: value("term"),
      ref: value("ref"),
      until: value("until"),
    }
  })
})
