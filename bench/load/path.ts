import { brand } from "@concierge/brands/concierge/brand.ts"
import { pathOf, type Step } from "@concierge/core/onboarding/Flow.ts"
import { dataOf } from "@concierge/core/onboarding/Pressed.ts"

/** Everybody in the mix gives the first of a question's answers. */
const firstChoice = (step: Step): string => (step.kind === "question" ? (step.choices[0]?.id ?? "") : "")

/** The steps that everybody in the mix goes through. */
export const path: ReadonlyArray<Step> = pathOf(
  brand.flow,
  Object.fromEntries(brand.flow.steps.map((step) => [step.id, firstChoice(step)])),
)

const buttonTo = (step: Step, before: Step | undefined): string =>
  before?.kind === "question"
    ? dataOf({ _tag: "Answer", question: before.id, choice: firstChoice(before) })
    : dataOf({ _tag: "Step", data: step.data })

/** In the order in which a person taps them. The first asks once more for the step that their /start has sent. */
export const buttons: ReadonlyArray<string> = path.map((step, index) => buttonTo(step, path[index - 1]))
