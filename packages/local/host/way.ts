import {
  after,
  dueOf,
  type Flow,
  followers,
  hasReceived,
  newState,
  type Standing,
  type Step,
} from "@concierge/core/onboarding/Flow.ts"

/** A state of the flow, and what it is to one person. */
export interface Place {
  /** Of the step that leads to it; none leads to the first. */
  readonly id?: string
  readonly kind?: string
  readonly state: string
  /**
   * `past`: behind them. `now`: where they stand. `due`: the step that comes next. `ahead`: further on, whatever they
   * answer or if they answer so. `off`: no longer on their way.
   */
  readonly is: "past" | "now" | "due" | "ahead" | "off"
}

/** All states in the order of the flow, as they are to somebody; undefined: somebody we do not know. */
export const wayOf = (flow: Flow, person: Standing = { state_progress: {} }): ReadonlyArray<Place> => {
  const due = dueOf(flow, person)
  const furthest = flow.steps.findLast((step) => hasReceived(person, step))
  const ahead = reachable(flow, furthest ?? flow.first, person)
  const placeOf = (step: Step): Place["is"] => {
    if (step === furthest) return step.kind === "finish" ? "past" : "now"
    if (hasReceived(person, step)) return "past"
    if (due._tag === "Step" && due.step === step) return "due"
    return ahead.has(step) ? "ahead" : "off"
  }
  return [
    { state: newState, is: furthest === undefined ? "now" : "past" },
    ...flow.steps.map((step) => ({ id: step.id, kind: step.kind, state: step.state, is: placeOf(step) })),
  ]
}

/** A step and all that may follow it, with what has been answered already. */
const reachable = (flow: Flow, from: Step, { answers = {} }: Standing): ReadonlySet<Step> => {
  const found = new Set([from])
  for (const step of found) {
    const next = answers[step.id] === undefined ? followers(flow, step) : [after(flow, step, answers)]
    for (const one of next) if (one !== undefined) found.add(one)
  }
  return found
}
