import type { Report } from "@concierge/core/attribution/report.ts"
import { accent, dim } from "../../print/colour.ts"
import { columns } from "../../print/fold.ts"
import { shortened } from "../../print/shortened.ts"
import { bar, percent, table } from "../../print/table.ts"
import { upTo } from "../../print/upTo.ts"
import { type Cells, came, far, lines } from "./rows.ts"

/** A report as a terminal shows it. */
export const shown = (
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
