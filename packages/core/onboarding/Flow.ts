import type { AnyStepSpec, ChoiceSpec, FlowSpec } from "../brand/Spec.ts"
import type { Progress, User } from "./User.ts"

interface Common {
  /** Place in the list, from 0: whatever follows a step has a higher one. */
  readonly index: number
  readonly id: string
  /** Of somebody who has had this step, but none after it. */
  readonly state: string
  /** Callback data of the button that leads here. */
  readonly data: string
}

/** A step as the brand wrote it down, with what was left to be derived. */
export type Step = {
  readonly [K in AnyStepSpec["kind"]]: Omit<Extract<AnyStepSpec, { readonly kind: K }>, "state" | "data" | "choices"> &
    Common &
    (K extends "question" ? { readonly choices: ReadonlyArray<ChoiceSpec> } : unknown)
}[AnyStepSpec["kind"]]

export type Kind = Step["kind"]
export type StepOf<K extends Kind> = Extract<Step, { readonly kind: K }>

export interface Flow {
  readonly steps: ReadonlyArray<Step>
  readonly first: Step
  readonly byId: ReadonlyMap<string, Step>
  readonly byData: ReadonlyMap<string, Step>
}

/** The state of somebody who has had no step. */
export const newState = "NEW"

/** Of a spec that `problemOfFlow` finds nothing wrong with. */
export const flowOf = (spec: FlowSpec): Flow => {
  const steps = spec.map(stepOf)
  const [first] = steps
  if (first === undefined) throw new Error("a flow without a step")
  return {
    steps,
    first,
    byId: new Map(steps.map((step) => [step.id, step])),
    byData: new Map(steps.map((step) => [step.data, step])),
  }
}

const stepOf = (spec: AnyStepSpec, index: number): Step => ({
  ...spec,
  index,
  state: stateOf(spec),
  data: dataOf(spec),
})

export const stateOf = ({ id, state }: AnyStepSpec): string => state ?? `${id.toUpperCase()}_SENT`

export const dataOf = ({ data, id }: AnyStepSpec): string => data ?? `step:${id}`

/** What a person has had and said, as far as the flow asks. */
export type Standing = Pick<User, "state_progress" | "answers" | "finished_at">

export type Due =
  | { readonly _tag: "Step"; readonly step: Step }
  /** They have the question, but have not answered it. */
  | { readonly _tag: "Answer"; readonly question: StepOf<"question"> }
  | { readonly _tag: "Finished" }

/**
 * Decided from the steps that somebody has received, since the flow may have changed meanwhile: what lies before the
 * furthest of them is behind them, and the next one along their answers is due. Steps that are gone count for nothing.
 */
export const dueOf = (flow: Flow, person: Standing): Due => {
  if (person.finished_at !== undefined) return finished
  const furthest = flow.steps.findLast((step) => hasReceived(person, step))
  if (furthest === undefined) return { _tag: "Step", step: flow.first }
  if (furthest.kind === "question" && answerTo(person, furthest.id) === undefined) {
    return { _tag: "Answer", question: furthest }
  }
  const step = after(flow, furthest, person.answers)
  return step === undefined ? finished : { _tag: "Step", step }
}

const finished: Due = { _tag: "Finished" }

/** A question may be called like something that every object has. */
export const answerTo = ({ answers = {} }: Pick<User, "answers">, question: string): string | undefined =>
  Object.hasOwn(answers, question) ? answers[question] : undefined

export const hasReceived = ({ state_progress }: Standing, { id }: Step): boolean => Object.hasOwn(state_progress, id)

/** The step that follows; after a question, the one that its answer leads to. A choice that is gone leads nowhere else. */
export const after = (flow: Flow, step: Step, answers: User["answers"] = {}): Step | undefined => {
  if (step.kind === "finish") return undefined
  const answer = answerTo({ answers }, step.id)
  const chosen = step.kind === "question" ? step.choices.find(({ id }) => id === answer)?.next : undefined
  const next = chosen ?? step.next
  return next === undefined ? flow.steps[step.index + 1] : flow.byId.get(next)
}

/** All that may follow a step, whatever is answered. */
export const followers = (flow: Flow, step: Step): ReadonlyArray<Step> => {
  const ways: ReadonlyArray<User["answers"]> =
    step.kind === "question" ? [{}, ...step.choices.map(({ id }) => ({ [step.id]: id }))] : [{}]
  return [...new Set(ways.flatMap((answers) => after(flow, step, answers) ?? []))]
}

/** The steps that somebody with these answers goes through; where nothing is answered yet, by default. */
export const pathOf = (flow: Flow, answers: User["answers"] = {}): ReadonlyArray<Step> => {
  const path: Array<Step> = []
  for (let step: Step | undefined = flow.first; step !== undefined; step = after(flow, step, answers)) path.push(step)
  return path
}

/** When and by which update somebody reached the state that they are in: in a changed flow two steps may have led to it. */
export const latest = ({ state, state_progress }: Pick<User, "state" | "state_progress">): Progress | undefined =>
  Object.values(state_progress)
    .filter((progress) => progress.state === state)
    .reduce<Progress | undefined>((last, one) => (last === undefined || one.at > last.at ? one : last), undefined)

/** The counter of those who have had a step, as it is called in CloudWatch. */
export const reachedMetric = ({ id }: Pick<Step, "id">): `${string}Reached` =>
  `${id.replaceAll(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())}Reached`
