import type { Campaign, Served } from "./campaign.ts"
import type { Options } from "./options.ts"

const [width, height, left, top, right, bottom] = [720, 336, 56, 60, 16, 40]
/** Of the legend, in a row and their width. */
const [entries, entry] = [3, 216]

interface Line {
  readonly what: string
  readonly colour: string
  readonly points: ReadonlyArray<readonly [second: number, people: number]>
}

/** People who have had their first message, and who are through, against time, beside what the limit allows and what trying alone gives. */
export const chartOf = (campaign: Campaign, before: Campaign, { limit, people, rate }: Options): string => {
  const last = Math.max(...campaign.served.map(({ at }) => at))
  const steps = Math.max(...campaign.served.map(({ step }) => step))
  /** From the beginning to the end, also where nobody came so far. */
  const drawn = (times: ReadonlyArray<number>): Line["points"] => [[0, 0], ...counted(times), [last, times.length]]
  const came = counted(Array.from({ length: people }, (_, index) => index / rate))
  const lines: ReadonlyArray<Line> = [
    { what: "tapped /start", colour: "#9aa0a6", points: came },
    { what: "got their first message", colour: "#4a7fc1", points: drawn(timesOf(campaign.served, 0)) },
    { what: "are through", colour: "#3f9b5f", points: drawn(timesOf(campaign.served, steps)) },
    ...(limit > 0
      ? [
          {
            what: "through, if nobody were paced",
            colour: "#c05a5a",
            points: drawn(timesOf(before.served, steps)),
          },
          { what: "all messages at the limit", colour: "#d08a3c", points: ideal(limit, people, steps) },
        ]
      : []),
  ]
  const x = (second: number): string => (left + (second / last) * (width - left - right)).toFixed(1)
  const y = (count: number): string => (height - bottom - (count / people) * (height - top - bottom)).toFixed(1)
  const paths = lines.map(({ colour, points }) => {
    const path = points.filter(([second]) => second <= last).map(([second, count]) => `${x(second)},${y(count)}`)
    return `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${path.join(" ")}"/>`
  })
  const legend = lines.map(({ colour, what }, index) => {
    const [from, row] = [left + (index % entries) * entry, 16 * Math.floor(index / entries)]
    return `<rect x="${from}" y="${26 + row}" width="10" height="10" fill="${colour}"/><text x="${from + 14}" y="${35 + row}" font-size="10">${what}</text>`
  })
  const ticks = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
    `<text x="${x(share * last)}" y="${height - 22}" text-anchor="middle" font-size="11">${Math.round(share * last)} s</text>`,
    `<text x="${left - 6}" y="${Number(y(share * people)) + 4}" text-anchor="end" font-size="11">${Math.round(share * people)}</text>`,
  ])
  const title = `${people} people at ${rate} /starts a second, Telegram takes ${limit > 0 ? `${limit} messages a second` : "all"}`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" fill="#808080" role="img" aria-label="${title}">
<text x="12" y="17" font-size="14" font-weight="600">${title}</text>
${[...legend, ...ticks, ...paths].join("\n")}
</svg>
`
}

const timesOf = (served: ReadonlyArray<Served>, wanted: number): ReadonlyArray<number> =>
  served.filter(({ step }) => step === wanted).map(({ at }) => at)

/** At most some hundred points. */
const counted = (times: ReadonlyArray<number>): Line["points"] => {
  const sorted = times.toSorted((one, other) => one - other)
  const every = Math.max(1, Math.floor(sorted.length / 200))
  return sorted
    .map((at, index) => [at, index + 1] as const)
    .filter((_, index) => index % every === 0 || index === sorted.length - 1)
}

const ideal = (limit: number, people: number, steps: number): Line["points"] => [
  [0, 0],
  [(people * (steps + 1)) / limit, people],
]
