import { dueOf, type Flow, hasReceived, newState, pathOf, type Standing } from "@concierge/core/onboarding/Flow.ts"

/** A state of the flow, and what it is to one person. */
export interface Place {
  /** Of the step that leads to it; none leads to the first. */
  readonly id?: string
  readonly kind?: string
  readonly state: string
  /**
   * `past`: behind them. `now`: where they stand. `due`: the step that comes next. `ahead`: further on their way, as far
   * as they have answered. `off`: not on it.
   */
  readonly is: "past" | "now" | "due" | "ahead" | "off"
}

/** All states in the order of the flow, as they are to somebody; undefined: somebody we do not know. */
export const wayOf = (flow: Flow, person: Standing = { state_progress: {} }): ReadonlyArray<Place> => {
  const path = new Set(pathOf(flow, person.answers))
  const due = dueOf(flow, person)
  const furthest = flow.steps.findLast((step) => hasReceived(person, step))
  const placeOf = (step: Flow["first"]): Place["is"] => {
    if (step === furthest) return step.kind === "finish" ? "past" : "now"
    if (hasReceived(person, step)) return "past"
    if (due._tag === "Step" && due.step === step) return "due"
    return path.has(step) && step.index > (furthest?.index ?? -1) ? "ahead" : "off"
  }
  return [
    { state: newState, is: furthest === undefined ? "now" : "past" },
    ...flow.steps.map((step) => ({ id: step.id, kind: step.kind, state: step.state, is: placeOf(step) })),
  ]
}
