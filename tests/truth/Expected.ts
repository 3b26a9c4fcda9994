import type { Came } from "@concierge/core/attribution/Counted.ts"
import { type Dimension, dimensions, type Report } from "@concierge/core/attribution/report.ts"

/** By what somebody is told apart. */
export type Named = { readonly [D in Dimension]: string }

/** One cell of a report: of a dimension and a name, people or runs at a state, or how somebody came. */
type Cells = Map<string, number>

/** What somebody came by, where a report tells it apart: a code does so only as what sent them first. */
export type Touched = "another code" | Pick<Named, "link" | "campaign">

const touched = ["link", "campaign"] as const

/** What the generator knows to have happened, as plain sums: nothing of the funnel's own code. */
export class Expected {
  readonly cells: Cells = new Map()

  private add(named: Named, cell: string, only: ReadonlyArray<Dimension> = dimensions): void {
    for (const by of only) {
      const key = `${by} ${named[by]}: ${cell}`
      this.cells.set(key, (this.cells.get(key) ?? 0) + 1)
    }
  }

  reached(named: Named, state: string, isFirstRun: boolean): void {
    this.add(named, `${state} runs`)
    if (isFirstRun) this.add(named, `${state} people`)
  }

  came(named: Named, how: Came, by: Touched): void {
    this.add(named, `came ${how}`, ["day", "source", "language"])
    this.touched(named, `came ${how}`, by)
  }

  /** Somebody came to the end in their first run. */
  last(named: Named, by: Touched): void {
    this.touched(named, "last", by)
  }

  private touched(named: Named, cell: string, by: Touched): void {
    if (by === "another code") this.add({ ...named, link: "", campaign: "" }, `another code's ${cell}`, touched)
    else this.add({ ...named, ...by }, cell, touched)
  }
}

/** The same cells of a report. */
export const cellsOf = ({ by, others, rows }: Report): Cells => {
  const cells: Cells = new Map()
  for (const { came, last, name, reached, starts } of rows) {
    for (const [state, { people, runs }] of Object.entries({ start: starts, ...reached })) {
      cells.set(`${by} ${name}: ${state} people`, people)
      cells.set(`${by} ${name}: ${state} runs`, runs)
    }
    for (const [how, count] of Object.entries(came)) cells.set(`${by} ${name}: came ${how}`, count)
    if (last !== undefined) cells.set(`${by} ${name}: last`, last)
  }
  if (others !== undefined) {
    cells.set(`${by} : another code's last`, others.last ?? 0)
    for (const [how, count] of Object.entries(others.came)) cells.set(`${by} : another code's came ${how}`, count)
  }
  return cells
}
