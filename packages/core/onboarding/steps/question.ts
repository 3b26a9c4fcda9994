import type { QuestionWords } from "../../brand/Words.ts"
import type { Button } from "../Content.ts"
import type { StepOf } from "../Flow.ts"
import { dataOf } from "../Pressed.ts"
import type { StepKind } from "./StepKind.ts"

/** A question with a button for each answer. The answer is kept, and leads to the next step: no other button is needed. */
export const question: StepKind<"question", QuestionWords> = {
  content: (step, words, { seen }) => ({ _tag: "Text", html: words.text(seen), buttons: choices(step, words) }),
  again: () => undefined,
  words: ["text", "choices", "waiting"],
}

export const choices = (step: StepOf<"question">, words: QuestionWords): ReadonlyArray<Button> =>
  step.choices.map(({ id }) => ({
    text: words.choices[id] ?? id,
    data: dataOf({ _tag: "Answer", question: step.id, choice: id }),
  }))
