import { h } from "../lib/dom.js"

/**
 * @typedef {{ people: number, runs: number }} Count
 * @typedef {{ name: string, starts: Count, reached: Record<string, Count>, came: Record<string, number>, last?: number }} Row
 * @typedef {{ by: string, steps: Array<{ id: string, state: string, isFinish: boolean }>, total: Row, rows: Array<Row>, others?: { last?: number },
 *   times: Array<{ state: string, median?: number, p90?: number }> }} Report
 * @typedef {typeof import("./words.en.js").funnel} Words
 */

/** @param {number} value @param {number} max @param {string} label */
const bar = (value, max, label) => h("progress", { value, max: Math.max(max, 1), "aria-label": label })

/** @param {number} part @param {number} whole */
const percent = (part, whole) => (whole === 0 ? "–" : `${Math.round((100 * part) / whole)} %`)

/** @param {Row} row @param {string} state */
const peopleAt = (row, state) => row.reached[state]?.people ?? 0

/** @param {string} title @param {ReadonlyArray<string>} head @param {ReadonlyArray<HTMLElement>} rows */
const table = (title, head, rows) =>
  h(
    "section",
    { class: "panel" },
    h("h3", {}, title),
    h(
      "div",
      { class: "rows", tabIndex: 0, role: "region", "aria-label": title },
      h(
        "table",
        {},
        head.length > 0 &&
          h("thead", {}, h("tr", {}, ...head.map((name) => (name === "" ? h("td") : h("th", { scope: "col" }, name))))),
        h("tbody", {}, ...rows),
      ),
    ),
  )

/** @param {ReadonlyArray<string | number | HTMLElement>} cells */
const line = (cells) => h("tr", {}, ...cells.map((cell) => h("td", {}, typeof cell === "number" ? String(cell) : cell)))

/** Step by step, with how many were lost before each. @param {Report} report @param {Words} words */
export const steps = ({ steps, total }, words) => {
  const all = total.starts.people
  const reached = [
    { name: words.started, people: all },
    ...steps.map(({ id, state }) => ({ name: id, people: peopleAt(total, state) })),
  ]
  return table(
    words.people,
    [],
    reached.map(({ name, people }, index) => {
      const lost = (reached[index - 1]?.people ?? people) - people
      const drop = lost > 0 ? words.lost.replace("{n}", String(lost)) : ""
      return line([name, people, percent(people, all), bar(people, all, name), drop])
    }),
  )
}

/** @param {Report} report @param {Words} words */
export const breakdown = ({ others, rows, steps }, words) => {
  const finish = steps.find(({ isFinish }) => isFinish)?.state ?? ""
  const head = [
    "",
    words.people,
    ...steps.map(({ id }) => id),
    words.end,
    words.runs,
    ...(others === undefined ? [] : [words.last]),
  ]
  const rest = [words.codes, 0, ...steps.map(() => 0), "–", 0, others?.last ?? 0]
  const lines = rows.map((row) => {
    const { last, name, starts } = row
    const figures = [starts.people, ...steps.map(({ state }) => peopleAt(row, state))]
    return [
      name || words.unnamed,
      ...figures,
      percent(peopleAt(row, finish), starts.people),
      starts.runs,
      ...(last === undefined ? [] : [last]),
    ]
  })
  return table(words.broken, head, [...lines, ...(others?.last ? [rest] : [])].map(line))
}

/** @param {number | undefined} seconds @param {Words} words */
const span = (seconds, words) => {
  if (seconds === undefined) return words.never
  if (seconds < 60) return `${seconds} s`
  return seconds < 3_600 ? `${seconds / 60} min` : `${seconds / 3_600} h`
}

/** @param {Report} report @param {Words} words */
export const times = ({ steps, times }, words) =>
  table(
    words.times,
    ["", words.half, words.nine],
    times.map(({ median, p90, state }) => {
      const name = steps.find((step) => step.state === state)?.id ?? state
      return line([name, span(median, words), span(p90, words)])
    }),
  )

/** What is verified, and what anybody may have typed. @param {Report} report @param {Words} words */
export const cameBy = ({ total }, words) => {
  const all = Object.values(total.came).reduce((sum, count) => sum + count, 0)
  return table(
    words.came,
    [],
    Object.entries(words.how).map(([how, name]) => {
      const count = total.came[how] ?? 0
      return line([name, count, percent(count, all), bar(count, all, name)])
    }),
  )
}
