import type { Came } from "@concierge/core/attribution/Counted.ts"
import { type Dimension, dimensions, type Report } from "@concierge/core/attribution/report.ts"

/** By what somebody is told apart. */
export type Named = { readonly [D in Dimension]: string }

/** One cell of a report: of a dimension and a name, people or runs at a state, or how somebody came. */
type Cells = Map<string, number>

/** By what sent somebody first or last. */
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

  came(named: Named, how: Came): void {
    this.add(named, `came ${how}`)
  }

  /** Somebody came to the end in their first run: by a code last, or by something that is told apart. */
  last(named: Named, last: "a code" | Pick<Named, "link" | "campaign">): void {
    if (last === "a code") this.add({ ...named, link: "", campaign: "" }, "last by a code", touched)
    else this.add({ ...named, ...last }, "last", touched)
  }
}

/** The same cells of a report. */
export const cellsOf = ({ by, lastByCode, rows }: Report): Cells => {
  const cells: Cells = new Map()
  for (const { came, last, name, reached, starts } of rows) {
    for (const [state, { people, runs }] of Object.entries({ start: starts, ...reached })) {
      cells.set(`${by} ${name}: ${state} people`, people)
      cells.set(`${by} ${name}: ${state} runs`, runs)
    }
    for (const [how, count] of Object.entries(came)) cells.set(`${by} ${name}: came ${how}`, count)
    if (last !== undefined) cells.set(`${by} ${name}: last`, last)
  }
  if (lastByCode !== undefined) cells.set(`${by} : last by a code`, lastByCode)
  return cells
}
