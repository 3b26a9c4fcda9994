import type { Report, Row } from "@concierge/core/attribution/report.ts"

const unknown: Readonly<Record<Report["by"], string>> = {
  day: "",
  link: "(no link)",
  campaign: "(no campaign)",
  source: "(no source)",
  language: "(not known)",
}

/** Each row with what the operator calls it. */
export const withNames = (report: Report, names: ReadonlyMap<string, string>): Report => ({
  ...report,
  rows: report.rows.map((row) => ({
    ...row,
    name: row.name === "" ? unknown[report.by] : ((report.by === "link" ? names.get(row.name) : undefined) ?? row.name),
  })),
})

/** Of the people whom each row sent first. */
export const far = ({ steps }: Report): ReadonlyArray<string> => ["people", ...steps.map(({ id }) => id)]

/** Their runs, and who came by the row itself, whatever had sent them first. */
export const came = ({ others }: Report): ReadonlyArray<string> => [
  ...(others === undefined ? [] : ["end by last touch"]),
  "runs",
  "verified",
  "expired",
  "disabled",
  "unknown",
]

/** The titles of all columns. */
export const head = (report: Report): ReadonlyArray<string> => [report.by, ...far(report), ...came(report)]

export type Cells = readonly [name: string, ...figures: ReadonlyArray<number>]

const cells = ({ came, last, name, reached, starts }: Row, { steps }: Report): Cells => [
  name,
  starts.people,
  ...steps.map(({ state }) => reached[state]?.people ?? 0),
  ...(last === undefined ? [] : [last]),
  starts.runs,
  ...["good", "expired", "disabled", "unknown"].map((how) => came[how] ?? 0),
]

/** Each row, and what belongs to none: codes that were not what sent somebody first are counted together. */
export const lines = (report: Report): ReadonlyArray<Cells> => {
  const { others, rows } = report
  const isAny = others !== undefined && ((others.last ?? 0) > 0 || Object.keys(others.came).length > 0)
  const rest = isAny ? [{ name: "(other codes)", starts: noCount, reached: {}, ...others }] : []
  return [...rows, ...rest].map((row) => cells(row, report))
}

const noCount = { people: 0, runs: 0 }
