import type { Flow } from "../onboarding/Flow.ts"
import { type Cell, gaps, ofCell, someCode } from "./Counted.ts"
import type { Tally } from "./Tally.ts"

export const dimensions = ["day", "link", "campaign", "source", "language"] as const
export type Dimension = (typeof dimensions)[number]

/** First runs are people; a /restart makes another run of the same person. */
export interface Count {
  readonly people: number
  readonly runs: number
}

export interface Row {
  /** "" is for those of whom it is not known. */
  readonly name: string
  readonly starts: Count
  /** By the state that each step leads to, in the order of the flow. */
  readonly reached: Readonly<Record<string, Count>>
  /** How often somebody came by a link or a code, and what became of it; by link and campaign, of that link. */
  readonly came: Readonly<Record<string, number>>
  /** People who came to the end, by what they came by last: by link and by campaign. */
  readonly last?: number
}

export interface StepTime {
  readonly state: string
  /** Seconds after the step before, at most; undefined: nobody, or longer than a day. */
  readonly median: number | undefined
  readonly p90: number | undefined
  /** By the buckets of `gaps`, the last one for whatever is longer. */
  readonly buckets: ReadonlyArray<number>
}

export interface Report {
  readonly by: Dimension
  /** Of the flow as it is, then of steps that are gone. */
  readonly steps: ReadonlyArray<{ readonly id: string; readonly state: string; readonly isFinish: boolean }>
  readonly total: Row
  readonly rows: ReadonlyArray<Row>
  /** Where rows have `last`: what belongs to no row, codes that were not what sent somebody first. */
  readonly others?: Pick<Row, "came" | "last">
  readonly times: ReadonlyArray<StepTime>
}

interface Sums {
  starts: { people: number; runs: number }
  reached: Map<string, { people: number; runs: number }>
  came: Map<string, number>
  last: number
}

const noSums = (): Sums => ({ starts: { people: 0, runs: 0 }, reached: new Map(), came: new Map(), last: 0 })

export const reportOf = (tallies: Iterable<Tally>, flow: Pick<Flow, "steps">, by: Dimension): Report => {
  const total = noSums()
  const rows = new Map<string, Sums>()
  const times = new Map<string, Array<number>>()
  const rowOf = (name: string): Sums => {
    const row = rows.get(name) ?? noSums()
    rows.set(name, row)
    return row
  }
  const isByTouch = by === "link" || by === "campaign"
  const others = noSums()
  const touchedBy = ({ last, lastCampaign = "" }: Cell, row: Sums): Sums => {
    if (last === undefined) return row
    return last === someCode ? others : rowOf(by === "link" ? last : lastCampaign)
  }
  for (const tally of tallies) {
    for (const [name, count] of tally.cells) {
      const cell = ofCell(name)
      const row = rowOf(nameOf(tally, by, cell.language))
      for (const sums of [total, row]) add(sums, cell, count)
      if (cell.gap !== undefined && cell.reached !== undefined) {
        const buckets = times.get(cell.reached) ?? Array<number>(gaps.length + 1).fill(0)
        buckets[cell.gap] = (buckets[cell.gap] ?? 0) + count
        times.set(cell.reached, buckets)
      }
      const touched = isByTouch ? touchedBy(cell, row) : row
      const { came } = cell
      if (came !== undefined) {
        for (const sums of [total, touched]) sums.came.set(came, (sums.came.get(came) ?? 0) + count)
      }
      const isDone = flow.steps.some(({ kind, state }) => kind === "finish" && state === cell.reached)
      if (isDone && cell.isFirstRun) for (const sums of [total, touched]) sums.last += count
    }
  }
  const steps = flow.steps.map(({ id, kind, state }) => ({ id, state, isFinish: kind === "finish" }))
  const gone = [...total.reached.keys()].filter((state) => !steps.some((step) => step.state === state)).sort()
  const all = [...steps, ...gone.map((state) => ({ id: state.toLowerCase(), state, isFinish: false }))]
  const rowFrom = (name: string, { came, last, reached, starts }: Sums): Row => ({
    name,
    starts: { ...starts },
    reached: Object.fromEntries(all.map(({ state }) => [state, reached.get(state) ?? { people: 0, runs: 0 }])),
    came: Object.fromEntries(came),
    ...(isByTouch && { last }),
  })
  const made = [...rows].map(([name, sums]) => rowFrom(name, sums))
  return {
    by,
    steps: all,
    total: rowFrom("", total),
    rows: by === "day" ? made.sort((a, b) => (a.name < b.name ? -1 : 1)) : made.sort(bySize),
    ...(isByTouch && { others: { came: Object.fromEntries(others.came), last: others.last } }),
    times: all.flatMap(({ state }) => {
      const buckets = times.get(state)
      return buckets === undefined
        ? []
        : [{ state, median: quantile(buckets, 0.5), p90: quantile(buckets, 0.9), buckets }]
    }),
  }
}

const nameOf = ({ day, origin }: Tally, by: Dimension, language: string): string => {
  switch (by) {
    case "day":
      return day
    case "link":
      return origin.other === true ? "other" : (origin.linkId ?? origin.code ?? "")
    case "campaign":
    case "source":
      return origin.other === true ? "other" : (origin[by] ?? "")
    case "language":
      return language
  }
}

const add = (sums: Sums, { isFirstRun, isStart, reached }: Cell, count: number): void => {
  const people = isFirstRun ? count : 0
  if (isStart) {
    sums.starts.people += people
    sums.starts.runs += count
  }
  if (reached !== undefined) {
    const known = sums.reached.get(reached) ?? { people: 0, runs: 0 }
    sums.reached.set(reached, { people: known.people + people, runs: known.runs + count })
  }
}

const bySize = (a: Row, b: Row): number => b.starts.people - a.starts.people || (a.name < b.name ? -1 : 1)

/** The upper end of the bucket in which that share of all has been reached. */
const quantile = (buckets: ReadonlyArray<number>, share: number): number | undefined => {
  const all = buckets.reduce((sum, count) => sum + count, 0)
  let seen = 0
  for (const [index, count] of buckets.entries()) {
    seen += count
    if (all > 0 && seen >= all * share) return gaps[index]
  }
  return undefined
}
