import type { Count, Report, Row } from "@concierge/core/attribution/report.ts"
import { upTo } from "./duration.ts"
import { style } from "./pageStyle.ts"
import { percent } from "./table.ts"

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
  const sections = [
    section("How far people came", funnel(campaigns)),
    ...[campaigns, ...reports.filter((report) => report !== campaigns)].map((report) =>
      section(titles[report.by], breakdown(report)),
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
<style>:root{--accent:${about.accent};--accent-dark:${about.accentOnDark}}${style}</style>
</head>
<body>
<header><h1>${safe(about.brand)}</h1><p>${about.from} to ${about.to}, days of UTC. People are counted by their first run; whoever starts over is one more run.</p></header>
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
      `<tr><th scope="row">${safe(name)}</th><td class="n">${people}</td><td class="n">${percent(people, all)}</td><td class="chart">${chart(people, all)}</td><td class="n drop">${before > people ? `−${before - people}` : ""}</td></tr>`,
  )
  return `<table><thead><tr><th>step</th><th class="n">people</th><th class="n">of all</th><td class="chart"></td><th class="n">lost</th></tr></thead><tbody>${lines.join("")}</tbody></table>`
}

const breakdown = ({ by, others, rows, steps }: Report): string => {
  const most = Math.max(1, ...rows.map(({ starts }) => starts.people))
  const isByTouch = others !== undefined
  const { last: byCode = 0 } = others ?? {}
  const head = ["people", ...steps.map(({ id }) => id), "to the end", ...(isByTouch ? ["by last touch"] : []), "runs"]
  const lines = rows.map((row) => {
    const finish = steps.find(({ isFinish }) => isFinish)
    const done = finish === undefined ? 0 : peopleOf(row.reached[finish.state])
    const figures = [
      row.starts.people,
      ...steps.map(({ state }) => peopleOf(row.reached[state])),
      percent(done, row.starts.people),
      ...(row.last === undefined ? [] : [row.last]),
      row.starts.runs,
    ]
    return `<tr><th scope="row">${safe(row.name)}${chart(row.starts.people, most)}</th>${figures.map((figure) => `<td class="n">${figure}</td>`).join("")}</tr>`
  })
  const note = isByTouch
    ? `<p>People belong to the ${by} that they came by first. “By last touch” are those who came to the end, by what they came by last${byCode > 0 ? `; for ${byCode} more that was a code other than their first` : ""}.</p>`
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
    return `<tr><th scope="row">${words}</th><td class="n">${count}</td><td class="n">${percent(count, all)}</td><td class="chart">${chart(count, all)}</td></tr>`
  })
  return `<table><tbody>${lines.join("")}</tbody></table>`
}

const chart = (part: number, whole: number): string =>
  `<span class="bar"><i style="width:${whole === 0 ? 0 : Math.round((part / whole) * 1000) / 10}%"></i></span>`

const peopleOf = (count: Count | undefined): number => count?.people ?? 0

const safe = (text: Row["name"]): string => text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)
