import type { Count, Report, Row } from "@concierge/core/attribution/report.ts"
import { pageStyle } from "./pageStyle.ts"
import { percent } from "./table.ts"
import { upTo } from "./upTo.ts"

export interface About {
  readonly brand: string
  readonly from: string
  readonly to: string
  readonly accent: string
  readonly accentOnDark: string
}

/** One page with all of it inside: it can be mailed, printed, and read without a network. Charts are plain HTML. */
export const page = (about: About, reports: ReadonlyArray<Report>): string => {
  const of = (by: Report["by"]): Report | undefined => reports.find((report) => report.by === by)
  const campaigns = of("campaign")
  if (campaigns === undefined) return ""
  const others = reports.filter((report) => report !== campaigns)
  const sections = [
    section("How far people came", funnel(campaigns)),
    ...[campaigns, ...others].map((report) =>
      section(titles[report.by], report.by === "day" ? days(report) : breakdown(report)),
    ),
    section("Time between steps", times(campaigns)),
    section("What is verified", verified(campaigns)),
  ]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${safe(about.brand)}, ${about.from} to ${about.to}</title>
<style>:root{--accent:${about.accent};--accent-dark:${about.accentOnDark}}${pageStyle}</style>
</head>
<body>
<header><h1>${safe(about.brand)}</h1><p>${about.from} to ${about.to}, days of UTC. People are counted by their first run; whoever starts over is one more run.</p>${summary(campaigns)}</header>
<main>
${sections.join("\n")}
</main>
</body>
</html>
`
}

const titles: Readonly<Record<Report["by"], string>> = {
  campaign: "By campaign",
  day: "By day",
  link: "By link or code",
  source: "By source",
  language: "By language",
}

const section = (title: string, body: string): string => `<section><h2>${title}</h2>${body}</section>`

/** What is read first, and often all that is. */
const summary = ({ steps, total }: Report): string => {
  const all = total.starts.people
  const end = percent(doneOf(total, steps), all)
  const came = Object.values(total.came).reduce((sum, count) => sum + count, 0)
  const said = [
    [figure(all), "people started"],
    [end, "of them came to the end"],
    [percent(total.came.good ?? 0, came), "of the links and codes were verified"],
  ] as const
  return `<dl>${said.map(([value, words]) => `<div><dt>${words}</dt><dd>${value}</dd></div>`).join("")}</dl>`
}

const doneOf = ({ reached }: Row, steps: Report["steps"]): number =>
  peopleOf(reached[steps.find(({ isFinish }) => isFinish)?.state ?? ""])

/** A column a day, of which the full part came to the end; the figures below it. */
const days = (report: Report): string => {
  const { rows, steps } = report
  const most = Math.max(1, ...rows.map(({ starts }) => starts.people))
  const columns = rows.map((row) => {
    const [people, done] = [row.starts.people, doneOf(row, steps)]
    const said = `${row.name}: ${figure(people)} people, ${figure(done)} to the end`
    const end = people === 0 ? 0 : Math.round((Math.min(done, people) / people) * 100)
    return `<span style="height:${Math.round((people / most) * 1000) / 10}%" title="${said}"><i style="height:${end}%"></i></span>`
  })
  const [first, last] = [rows[0]?.name ?? "", rows.at(-1)?.name ?? ""]
  const scale = `<p class="scale"><span>${first}</span><span>${rows.length > 1 ? last : ""}</span></p>`
  return `<p>People a day, at most ${figure(most)}; the lower part came to the end that day.</p><div class="days" role="img" aria-label="People a day, ${first} to ${last}">${columns.join("")}</div>${scale}<details><summary>The figures of each day</summary>${breakdown(report)}</details>`
}

const funnel = ({ steps, total }: Report): string => {
  const all = total.starts.people
  const rows = [
    { name: "started", people: all, before: all },
    ...steps.map(({ id, state }, index) => ({
      name: id,
      people: peopleOf(total.reached[state]),
      before: index === 0 ? all : peopleOf(total.reached[steps[index - 1]?.state ?? ""]),
    })),
  ]
  const lines = rows.map(
    ({ before, name, people }) =>
      `<tr><th scope="row">${safe(name)}</th><td class="n">${figure(people)}</td><td class="n">${percent(people, all)}</td><td class="chart">${chart(people, all)}</td><td class="n drop">${before > people ? `−${figure(before - people)}` : ""}</td></tr>`,
  )
  return `<table><thead><tr><th>step</th><th class="n">people</th><th class="n">of all</th><td class="chart"></td><th class="n">lost</th></tr></thead><tbody>${lines.join("")}</tbody></table>`
}

const breakdown = ({ by, others, rows, steps }: Report): string => {
  const most = Math.max(1, ...rows.map(({ starts }) => starts.people))
  const isByTouch = others !== undefined
  const { last: byCode = 0 } = others ?? {}
  const head = ["people", ...steps.map(({ id }) => id), "to the end", ...(isByTouch ? ["by last touch"] : []), "runs"]
  const lines = rows.map((row) => {
    const figures = [
      figure(row.starts.people),
      ...steps.map(({ state }) => figure(peopleOf(row.reached[state]))),
      percent(doneOf(row, steps), row.starts.people),
      ...(row.last === undefined ? [] : [figure(row.last)]),
      figure(row.starts.runs),
    ]
    return `<tr><th scope="row">${safe(row.name)}${chart(row.starts.people, most)}</th>${figures.map((text) => `<td class="n">${text}</td>`).join("")}</tr>`
  })
  const note = isByTouch
    ? `<p>People belong to the ${by} that they came by first. “By last touch” are those who came to the end, by what they came by last${byCode > 0 ? `; for ${figure(byCode)} more that was a code other than their first` : ""}.</p>`
    : ""
  return `${note}<div class="wide" tabindex="0"><table><thead><tr><th>${by}</th>${head.map((name) => `<th class="n">${safe(name)}</th>`).join("")}</tr></thead><tbody>${lines.join("")}</tbody></table></div>`
}

const times = ({ steps, times }: Report): string => {
  if (times.length === 0) return "<p>Nobody has come to a second step yet.</p>"
  const lines = times.map(({ buckets, median, p90, state }) => {
    const most = Math.max(1, ...buckets)
    const columns = buckets.map((count) => `<i style="height:${Math.round((count / most) * 100)}%"></i>`).join("")
    const name = steps.find((step) => step.state === state)?.id ?? state
    return `<tr><th scope="row">${safe(name)}</th><td class="n">${upTo(median)}</td><td class="n">${upTo(p90)}</td><td><span class="bars" role="img" aria-label="${buckets.join(", ")}">${columns}</span></td></tr>`
  })
  return `<table><thead><tr><th>after the step before</th><th class="n">half of them</th><th class="n">nine of ten</th><th>5 s … a day and more</th></tr></thead><tbody>${lines.join("")}</tbody></table>`
}

/** A stored link that was good; anything else may have been typed by anybody. */
const verified = ({ total }: Report): string => {
  const said: ReadonlyArray<readonly [string, string]> = [
    ["good", "by a stored link: verified"],
    ["expired", "by a link that had expired"],
    ["disabled", "by a link that was disabled"],
    ["unknown", "by a link that nobody knows"],
    ["unlinked", "by a code that anybody may have typed"],
    ["not understood", "with words that are no code"],
  ]
  const all = said.reduce((sum, [how]) => sum + (total.came[how] ?? 0), 0)
  const lines = said.map(([how, words]) => {
    const count = total.came[how] ?? 0
    return `<tr><th scope="row">${words}</th><td class="n">${figure(count)}</td><td class="n">${percent(count, all)}</td><td class="chart">${chart(count, all)}</td></tr>`
  })
  return `<table><tbody>${lines.join("")}</tbody></table>`
}

const chart = (part: number, whole: number): string =>
  `<span class="bar"><i style="width:${whole === 0 ? 0 : Math.round((part / whole) * 1000) / 10}%"></i></span>`

const thousands = new Intl.NumberFormat("en")
const figure = (count: number): string => thousands.format(count)

const peopleOf = (count: Count | undefined): number => count?.people ?? 0

const safe = (text: Row["name"]): string => text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)
