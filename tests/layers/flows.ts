import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import { defineBrand } from "@concierge/core/brand/defineBrand.ts"
import type { AnyStepSpec, ChoiceSpec, FlowSpec, QuestionSpec } from "@concierge/core/brand/Spec.ts"
import { dataOf, flowOf, followers, stateOf } from "@concierge/core/onboarding/Flow.ts"
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import { brand } from "../../brands/concierge/brand.ts"
import { wordsFor } from "./flowWords.ts"

const between = (minimum: number, maximum: number) => Schema.Int.check(Schema.isBetween({ minimum, maximum }))

/** How many steps further down a way leads; 0 is where the list leads. */
const Skip = Schema.Union([Schema.Literal(0), between(0, 4)])

/** A step by numbers, which `stepOf` makes sense of. */
const Draft = Schema.Struct({
  kind: Schema.Literals(["video", "voice", "message", "message", "question", "question", "question", "finish"]),
  /** Of `ids`: different flows have steps in common. */
  id: between(0, 11),
  skip: Skip,
  choices: Schema.Array(between(0, 3)).check(Schema.isMinLength(2), Schema.isMaxLength(6)),
  /** With a state and a button of its own instead of derived ones. */
  named: Schema.Boolean,
})
type Draft = typeof Draft.Type

const ids = ["a", "b", "c_1", "dear", "e", "film", "go_on", "hello", "i", "joy", "k9", "last"]
const choiceIds = ["yes", "no", "maybe", "later", "x1", "x2"]

const idOf = ({ id }: Draft): string => ids[id] ?? "a"

const isChoices = (list: ReadonlyArray<ChoiceSpec>): list is QuestionSpec["choices"] =>
  list.length >= 2 && list.length <= 6

const stepOf = (draft: Draft, index: number, drafts: ReadonlyArray<Draft>): AnyStepSpec => {
  const id = idOf(draft)
  const to = (skip: number): { readonly next?: string } => {
    const target = skip === 0 ? undefined : drafts[index + skip]
    return target === undefined ? {} : { next: idOf(target) }
  }
  const step = { id, ...(draft.named && { state: `HAD_${id.toUpperCase()}`, data: `go_${id}` }), ...to(draft.skip) }
  switch (draft.kind) {
    case "video":
      // The one video that every test layer has.
      return { ...step, kind: "video", asset: "welcome", version: "v1" }
    case "question": {
      const choices = draft.choices.map((skip, choice) => ({ id: choiceIds[choice] ?? "yes", ...to(skip) }))
      return isChoices(choices) ? { ...step, kind: "question", choices } : { ...step, kind: "message" }
    }
    case "finish": {
      // Where no way leads round it, nothing could come after.
      if (!drafts.slice(0, index).some(({ kind }) => kind === "question")) return { ...step, kind: "message" }
      const { next: _next, ...end } = step
      return { ...end, kind: "finish", ...(draft.named && { url: "https://example.com" }) }
    }
    default:
      return { ...step, kind: draft.kind }
  }
}

/** The flow that such steps come nearest to: whatever `defineBrand` would refuse is left out of it. */
export const mended = (steps: ReadonlyArray<AnyStepSpec>): FlowSpec => {
  const unlike = steps.filter((step, index) => !steps.slice(0, index).some((before) => isLike(before, step)))
  const ended = unlike.at(-1)?.kind === "finish" ? unlike : [...unlike, endOf(unlike)]
  const forward = ended.map((step, index) => onlyForward(step, new Set(ended.slice(index + 1).map(({ id }) => id))))
  const flow = flowOf(forward)
  const reached = new Set([flow.first])
  for (const step of reached) for (const next of followers(flow, step)) reached.add(next)
  return forward.filter((_, index) => [...reached].some((step) => step.index === index))
}

const isLike = (one: AnyStepSpec, other: AnyStepSpec): boolean =>
  one.id === other.id || stateOf(one) === stateOf(other) || dataOf(one) === dataOf(other)

const endOf = (steps: FlowSpec): AnyStepSpec => {
  const free = ["end", "end_2", "end_3"].find((id) => !steps.some((step) => isLike(step, { kind: "finish", id })))
  return { kind: "finish", id: free ?? "end_4" }
}

const onlyForward = (step: AnyStepSpec, later: ReadonlySet<string>): AnyStepSpec => {
  if (step.kind === "finish") return step
  const way = (next: string | undefined) => (next !== undefined && later.has(next) ? { next } : {})
  if (step.kind !== "question") {
    const { next, ...rest } = step
    return { ...rest, ...way(next) }
  }
  const { next, ...rest } = step
  const choices = step.choices.map(({ id, next }): ChoiceSpec => ({ id, ...way(next) }))
  return { ...rest, ...way(next), choices: isChoices(choices) ? choices : step.choices }
}

/** A valid flow of up to nine steps of all kinds, with branching questions and more than one end. */
export const arbitraryFlow: Arbitrary.Arbitrary<FlowSpec> = Arbitrary.array(Arbitrary.schema(Draft), {
  minLength: 2,
  maxLength: 8,
}).pipe(Arbitrary.map((drafts) => mended(drafts.map(stepOf))))

/** A brand with this flow, in the languages of the default brand and otherwise like it. */
export const brandOf = (flow: FlowSpec): BrandValue => {
  const { bot, look, site } = brand
  const languages = Object.entries(brand.languages).map(([locale, { name, voice }]) => [
    locale,
    { name, voice, words: wordsFor(flow, locale) },
  ])
  return defineBrand({
    id: "generated",
    name: "Generated",
    site,
    bot,
    look,
    links: [],
    languages: Object.fromEntries(languages),
    flow,
  })
}
