import { dataOf, flowOf, followers, newState, reachedMetric, stateOf } from "../onboarding/Flow.ts"
import { dataOf as dataOfButton, isReserved, isStepData } from "../onboarding/Pressed.ts"
import type { AnyStepSpec, FlowSpec } from "./Spec.ts"

/** Telegram's limit of `callback_data`, in bytes. */
const maxData = 64

/** What is wrong with a flow, naming the field; undefined when it can be gone through. */
export const problemOfFlow = (flow: FlowSpec): string | undefined =>
  problemOfList(flow) ?? first(flow, problemOfStep(flow)) ?? problemOfWays(flow)

const first = <A>(
  list: ReadonlyArray<A>,
  problem: (one: A, index: number) => string | undefined,
): string | undefined => {
  for (const [index, one] of list.entries()) {
    const found = problem(one, index)
    if (found !== undefined) return found
  }
  return undefined
}

const at = (index: number, field: string, problem: string): string => `brand.ts: flow[${index}].${field}: ${problem}`

const problemOfList = (flow: FlowSpec): string | undefined => {
  if (flow.length === 0) return "brand.ts: flow: it has no step"
  const repeated = (field: string, of: (step: AnyStepSpec) => string) =>
    first(flow, (step, index) =>
      flow.slice(0, index).some((before) => of(before) === of(step))
        ? at(index, field, `"${of(step)}" is another step's`)
        : undefined,
    )
  return (
    repeated("id", ({ id }) => id) ??
    // `day_1` and `day1` would be counted as one.
    repeated("id", reachedMetric) ??
    repeated("state", stateOf) ??
    repeated("data", dataOf)
  )
}

const problemOfStep =
  (flow: FlowSpec) =>
  (step: AnyStepSpec, index: number): string | undefined => {
    const [state, data] = [stateOf(step), dataOf(step)]
    if (!/^[a-z][a-z0-9_]{0,23}$/.test(step.id)) {
      return at(index, "id", `"${step.id}" is none: use up to 24 of a-z, 0-9 and _, a letter first`)
    }
    if (state === newState) return at(index, "state", `"${newState}" is of somebody who has had no step`)
    if (!/^[A-Z][A-Z0-9_]{0,39}$/.test(state)) {
      return at(index, "state", `"${state}" is none: use up to 40 of A-Z, 0-9 and _, a letter first`)
    }
    if (byteLength(data) > maxData) return at(index, "data", `"${data}" is over ${maxData} bytes`)
    if (isReserved(data)) return at(index, "data", `"${data}" is a button of the menu's`)
    if (!isStepData(data)) return at(index, "data", `"${data}" is none: use up to 41 of a-z, 0-9 and _, a letter first`)
    if (step.kind === "video" && !/^[a-z0-9_-]+\/[a-z0-9_-]+$/.test(`${step.asset}/${step.version}`)) {
      return at(index, "asset", `"${step.asset}" and "${step.version}" are folders' names: use a-z, 0-9, _ and -`)
    }
    if (step.kind === "finish" && step.url !== undefined && !step.url.startsWith("https://")) {
      return at(index, "url", `"${step.url}" does not begin with https://`)
    }
    const { code, effect } = step.kind === "finish" ? step : {}
    if (code !== undefined && !/^.{1,256}$/u.test(code)) return at(index, "code", "a button copies 1 to 256 characters")
    if (effect !== undefined && !/^\d{1,19}$/.test(effect)) {
      return at(index, "effect", `"${effect}" is none of Telegram's ids, such as 5046509860389126442`)
    }
    return (
      problemOfNext(flow, index, "next", step.kind === "finish" ? undefined : step.next) ??
      problemOfChoices(flow, index, step)
    )
  }

const problemOfChoices = (flow: FlowSpec, index: number, step: AnyStepSpec): string | undefined => {
  if (step.kind !== "question") return undefined
  const choices: ReadonlyArray<{ readonly id: string; readonly next?: string }> = step.choices
  if (choices.length < 2 || choices.length > 6) return at(index, "choices", "a question has two to six")
  return first(choices, ({ id, next }, choice) => {
    const field = `choices[${choice}]`
    if (!/^[a-z][a-z0-9_]{0,23}$/.test(id)) {
      return at(index, `${field}.id`, `"${id}" is none: use up to 24 of a-z, 0-9 and _, a letter first`)
    }
    if (choices.slice(0, choice).some((before) => before.id === id)) {
      return at(index, `${field}.id`, `"${id}" is another choice's`)
    }
    const data = dataOfButton({ _tag: "Answer", question: step.id, choice: id })
    if (byteLength(data) > maxData)
      return at(index, `${field}.id`, `its button's data "${data}" is over ${maxData} bytes`)
    return problemOfNext(flow, index, `${field}.next`, next)
  })
}

/** Ways lead down the list, so that none can lead round. */
const problemOfNext = (flow: FlowSpec, index: number, field: string, next: string | undefined): string | undefined => {
  if (next === undefined) return undefined
  const to = flow.findIndex(({ id }) => id === next)
  if (to === -1) return at(index, field, `there is no step "${next}"`)
  return to > index ? undefined : at(index, field, `"${next}" comes before it: people would go round in a loop`)
}

const problemOfWays = (spec: FlowSpec): string | undefined => {
  const flow = flowOf(spec)
  const last = flow.steps.at(-1)
  if (last !== undefined && last.kind !== "finish")
    return at(last.index, "kind", "nobody would finish: the last step is a finish")
  const reached = new Set([flow.first])
  for (const step of reached) for (const next of followers(flow, step)) reached.add(next)
  return first(flow.steps, (step, index) =>
    reached.has(step) ? undefined : at(index, "id", `no way leads to "${step.id}"`),
  )
}

const byteLength = (text: string): number => new TextEncoder().encode(text).byteLength
