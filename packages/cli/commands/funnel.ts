import { writeFile } from "node:fs/promises"
import { dimensions, type Report, type Row, reportOf } from "@concierge/core/attribution/report.ts"
import { readTallies } from "@concierge/core/attribution/Tally.ts"
import { linkKey } from "@concierge/core/layers/Links.ts"
import { Archive } from "@concierge/core/services/Archive.ts"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Stream from "effect/Stream"
import { BadInput } from "../BadInput.ts"
import { asJson, toggle } from "../flags.ts"
import { accent, dim } from "../print/colour.ts"
import { csv } from "../print/csv.ts"
import { upTo } from "../print/duration.ts"
import { columns } from "../print/fold.ts"
import { shortened } from "../print/shortened.ts"
import { bar, percent, table } from "../print/table.ts"
import { json, out } from "../print/write.ts"
import { brand, on, stage } from "../where.ts"
import { from, range, to } from "./dates.ts"

const by = Flag.Literals("by", dimensions).pipe(
  Flag.withDescription("What people are told apart by"),
  Flag.withDefault("campaign" as const),
)
const asCsv = toggle("csv", "CSV on stdout, a row a line")
const html = Flag.String("html").pipe(
  Flag.withDescription("Write one self-contained page to this file, to be mailed"),
  Flag.optional,
)

export const funnel = Command.make(
  "funnel",
  { by, from, to, json: asJson, csv: asCsv, html, stage },
  Effect.fnUntraced(function* ({ by, csv: wantsCsv, from, html, json: wantsJson, stage, to }) {
    const forms = [wantsJson, wantsCsv, Option.isSome(html)].filter((isWanted) => isWanted)
    if (forms.length > 1) return yield* new BadInput({ advice: "--json, --csv or --html: say one of them" })
    const days = yield* range(from, to)
    const theBrand = yield* brand
    yield* on(
      stage,
      Effect.gen(function* () {
        const tallies = yield* readTallies(days.from, days.to)
        if (tallies.size === 0) {
          const all = [...(yield* readTallies()).values()].map(({ day }) => day).sort()
          return yield* new BadInput({
            advice:
              all.length === 0
                ? "nobody has started yet"
                : `there is nothing of these days: counted are ${all[0]} to ${all.at(-1)}`,
          })
        }
        const names = yield* linkNames
        const reports = dimensions.map((dimension) =>
          withNames(reportOf(tallies.values(), theBrand.flow, dimension), names),
        )
        const report = reports.find((one) => one.by === by)
        if (report === undefined) return
        const counted = [...tallies.values()].map(({ day }) => day).sort()
        const about = { brand: theBrand.name, from: counted[0] ?? "", to: counted.at(-1) ?? "" }
        if (wantsJson) return yield* json({ ...about, ...report })
        if (wantsCsv) return yield* out(csv([head(report), ...lines(report)]))
        if (Option.isSome(html)) {
          const { page } = yield* Effect.promise(() => import("../print/page.ts"))
          const text = page(
            { ...about, accent: theBrand.look.accent, accentOnDark: theBrand.look.accentOnDark },
            reports,
          )
          yield* Effect.tryPromise({
            try: () => writeFile(html.value, text),
            catch: () => new BadInput({ advice: `--html: ${html.value} cannot be written` }),
          })
          return yield* out(`${html.value}: ${Math.ceil(text.length / 1024)} KB, all in one file`)
        }
        yield* out(text(report, about))
      }),
    )
  }),
).pipe(
  Command.withDescription("How many started, and how far they came"),
  Command.withExamples([
    { command: "concierge funnel --by campaign", description: "What each campaign brought" },
    { command: "concierge funnel --from 2026-03-01 --html march.html", description: "A page to be mailed" },
  ]),
)

/** What the operator calls each link. */
const linkNames = Effect.gen(function* () {
  const archive = yield* Archive
  const stored = yield* Stream.runCollect(archive.settings(linkKey("")))
  return new Map(
    stored.flatMap(({ fields, key }) =>
      Predicate.hasProperty(fields.value, "name") && Predicate.isString(fields.value.name)
        ? [[key.slice(linkKey("").length), fields.value.name] as const]
        : [],
    ),
  )
})

const unknown: Readonly<Record<Report["by"], string>> = {
  day: "",
  link: "(no link)",
  campaign: "(no campaign)",
  source: "(no source)",
  language: "(not known)",
}

const withNames = (report: Report, names: ReadonlyMap<string, string>): Report => ({
  ...report,
  rows: report.rows.map((row) => ({
    ...row,
    name: row.name === "" ? unknown[report.by] : ((report.by === "link" ? names.get(row.name) : undefined) ?? row.name),
  })),
})

/** Of the people whom each row sent first. */
const far = ({ steps }: Report): ReadonlyArray<string> => ["people", ...steps.map(({ id }) => id)]

/** Their runs, and who came by the row itself, whatever had sent them first. */
const came = ({ others }: Report): ReadonlyArray<string> => [
  ...(others === undefined ? [] : ["end by last touch"]),
  "runs",
  "verified",
  "expired",
  "disabled",
  "unknown",
]

const head = (report: Report): ReadonlyArray<string> => [report.by, ...far(report), ...came(report)]

type Cells = readonly [name: string, ...figures: ReadonlyArray<number>]

const cells = ({ came, last, name, reached, starts }: Row, { steps }: Report): Cells => [
  name,
  starts.people,
  ...steps.map(({ state }) => reached[state]?.people ?? 0),
  ...(last === undefined ? [] : [last]),
  starts.runs,
  ...["good", "expired", "disabled", "unknown"].map((how) => came[how] ?? 0),
]

/** Each row, and what belongs to none: codes that were not what sent somebody first are counted together. */
const lines = (report: Report): ReadonlyArray<Cells> => {
  const { others, rows } = report
  const isAny = others !== undefined && ((others.last ?? 0) > 0 || Object.keys(others.came).length > 0)
  const rest = isAny ? [{ name: "(other codes)", starts: noCount, reached: {}, ...others }] : []
  return [...rows, ...rest].map((row) => cells(row, report))
}

const noCount = { people: 0, runs: 0 }

/** Two tables, since a terminal is too narrow for all figures side by side. */
const tables = (report: Report): ReadonlyArray<string> => {
  const [first, own] = [far(report), came(report)]
  const all = lines(report)
  return [
    named(
      [report.by, ...first],
      all.slice(0, report.rows.length).map(([name, ...figures]) => [name, ...figures.slice(0, first.length)]),
    ),
    "",
    named(
      [report.by, ...own.map((title) => title.replace("end by ", ""))],
      all.map(([name, ...figures]) => [name, ...figures.slice(first.length)]),
    ),
  ]
}

/** Of fewer columns a name tells nothing. */
const leastName = 12

/** A table whose names have what the figures leave of a terminal's width. */
const named = (titles: ReadonlyArray<string>, rows: ReadonlyArray<Cells>): string => {
  const taken = titles.slice(1).map((title, column) => {
    const widths = rows.map((row) => String(row[column + 1]).length)
    return Math.max(title.length, ...widths) + 2
  })
  const left = columns - taken.reduce((sum, width) => sum + width, 0)
  return table(
    titles,
    rows.map(([name, ...figures]) => [shortened(name, Math.max(leastName, left)), ...figures]),
  )
}

const text = (
  report: Report,
  { brand, from, to }: { readonly brand: string; readonly from: string; readonly to: string },
): string => {
  const { steps, times, total } = report
  const most = Math.max(total.starts.people, 1)
  const funnel = [
    ["started", total.starts.people, percent(total.starts.people, most), accent(bar(total.starts.people, most))],
    ...steps.map(({ id, state }) => {
      const { people } = total.reached[state] ?? { people: 0 }
      return [id, people, percent(people, most), accent(bar(people, most))]
    }),
  ]
  const timed = times.map(({ median, p90, state }) => [
    steps.find((step) => step.state === state)?.id ?? state,
    upTo(median),
    upTo(p90),
  ])
  return [
    `${brand}, ${from} to ${to} ${dim("(days of UTC)")}`,
    "",
    table(["step", "people", "of all", ""], funnel),
    "",
    ...tables(report),
    ...(timed.length > 0 ? ["", table(["after the step before", "half of them", "nine of ten"], timed)] : []),
  ].join("\n")
}
