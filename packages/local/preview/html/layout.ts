import { after, type Flow, followers, type Step } from "@concierge/core/onboarding/Flow.ts"

/** A step's place in the diagram: its row, and its column among the steps of that row. */
export interface Place {
  readonly step: Step
  readonly row: number
  readonly column: number
  readonly columns: number
}

export interface Edge {
  readonly from: Place
  readonly to: Place
  /** The choices that lead there, where there is more than one way. */
  readonly label: string
}

export interface Layout {
  readonly places: ReadonlyArray<Place>
  readonly edges: ReadonlyArray<Edge>
}

/** Each step in the row below the last of those that lead to it. Ways only lead down the list, so one pass is enough. */
export const layoutOf = (flow: Flow): Layout => {
  const rows = new Map<Step, number>([[flow.first, 0]])
  for (const step of flow.steps) {
    for (const next of followers(flow, step)) {
      rows.set(next, Math.max(rows.get(next) ?? 0, (rows.get(step) ?? 0) + 1))
    }
  }
  const places = flow.steps.map((step): Place => {
    const row = rows.get(step) ?? 0
    const beside = flow.steps.filter((other) => rows.get(other) === row)
    return { step, row, column: beside.indexOf(step), columns: beside.length }
  })
  const placeOf = new Map(places.map((place) => [place.step, place]))
  const edges = places.flatMap((from) => {
    const nexts = followers(flow, from.step)
    return nexts.flatMap((next): ReadonlyArray<Edge> => {
      const to = placeOf.get(next)
      return to === undefined ? [] : [{ from, to, label: nexts.length > 1 ? choicesTo(flow, from.step, next) : "" }]
    })
  })
  return { places, edges }
}

const choicesTo = (flow: Flow, step: Step, next: Step): string =>
  step.kind === "question"
    ? step.choices.flatMap(({ id }) => (after(flow, step, { [step.id]: id }) === next ? [id] : [])).join(" · ")
    : ""
