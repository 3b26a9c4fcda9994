import type { AnyStepSpec, FlowSpec } from "@concierge/core/brand/Spec.ts"
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import { arbitraryFlow, mended } from "./flows.ts"

const anywhere = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 50 }))

/** One thing that somebody does to a flow; places count round it. */
const Edit = Schema.Struct({
  what: Schema.Literals([
    "insert message",
    "insert question",
    "insert finish",
    "remove",
    "move",
    "rename",
    "state",
    "data",
    "choice",
    "next",
  ]),
  at: anywhere,
  to: anywhere,
})
type Edit = typeof Edit.Type

const edited = (flow: FlowSpec, { at, to, what }: Edit, number: number): FlowSpec => {
  const index = at % flow.length
  const step = flow[index]
  if (step === undefined) return flow
  const target = flow[to % flow.length]?.id ?? step.id
  switch (what) {
    case "insert message":
      return flow.toSpliced(index, 0, { kind: "message", id: `new_${number}` })
    case "insert question":
      return flow.toSpliced(index, 0, {
        kind: "question",
        id: `new_${number}`,
        choices: [{ id: "yes" }, { id: "no", next: target }],
      })
    case "insert finish":
      return flow.toSpliced(index, 0, { kind: "finish", id: `new_${number}` })
    case "remove":
      return flow.toSpliced(index, 1)
    case "move":
      return flow.toSpliced(index, 1).toSpliced(to % flow.length, 0, step)
    case "rename":
      return flow.map((other) => renamed(other, step.id, `${step.id}_${number}`))
    case "state":
      return flow.with(index, { ...step, state: `RENAMED_${number}` })
    case "data":
      return flow.with(index, { ...step, data: `renamed_${number}` })
    case "choice":
      return flow.with(index, withoutChoice(step, to))
    case "next":
      return flow.with(index, step.kind === "finish" ? step : { ...step, next: target })
  }
}

/** Another id makes it another step; whatever leads to it still does. */
const renamed = (step: AnyStepSpec, from: string, to: string): AnyStepSpec => {
  const id = step.id === from ? to : step.id
  return step.kind === "finish" || step.next !== from ? { ...step, id } : { ...step, id, next: to }
}

const withoutChoice = (step: AnyStepSpec, at: number): AnyStepSpec => {
  if (step.kind !== "question") return step
  const [first, second, ...more] = step.choices.filter((_, index) => index !== at % step.choices.length)
  if (first === undefined || second === undefined) return step
  const [third, fourth, fifth] = more
  if (third === undefined) return { ...step, choices: [first, second] }
  if (fourth === undefined) return { ...step, choices: [first, second, third] }
  return {
    ...step,
    choices: fifth === undefined ? [first, second, third, fourth] : [first, second, third, fourth, fifth],
  }
}

/** A flow, and what somebody has made of it while people were in it. */
export const arbitraryChange = Arbitrary.all([
  arbitraryFlow,
  Arbitrary.array(Arbitrary.schema(Edit), { minLength: 1, maxLength: 5 }),
]).pipe(
  Arbitrary.map(([before, edits]) => ({
    before,
    after: mended(
      edits.reduce<FlowSpec>((flow, edit, number) => (flow.length === 0 ? flow : edited(flow, edit, number)), before),
    ),
  })),
)
