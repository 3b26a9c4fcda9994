import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import { pathOf, type Step } from "@concierge/core/onboarding/Flow.ts"
import { dataOf } from "@concierge/core/onboarding/Pressed.ts"
import { assert } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type { Message } from "../../../packages/local/telegram/model.ts"
import { assertMp4, fileOf, mp3Seconds } from "./media.ts"
import { buttonsOf, visitor, wordsOf } from "./visitor.ts"

/** The choice's id by the question's. */
export type Answers = Readonly<Record<string, string>>

/** So many ways through a flow that every choice of every question is taken once. */
export const waysOf = ({ flow }: BrandValue): ReadonlyArray<Answers> => {
  const questions = flow.steps.flatMap((step) => (step.kind === "question" ? [step] : []))
  const longest = Math.max(1, ...questions.map(({ choices }) => choices.length))
  return Array.from({ length: longest }, (_, way) =>
    Object.fromEntries(questions.map(({ choices, id }) => [id, choices[way % choices.length]?.id ?? ""])),
  )
}

/** What must be tapped below a step's message to go on. */
const goesOn = (step: Step, next: Step | undefined, answers: Answers): string | undefined =>
  step.kind === "question"
    ? dataOf({ _tag: "Answer", question: step.id, choice: answers[step.id] ?? "" })
    : next && dataOf({ _tag: "Step", data: next.data })

/** That a message is what its step promises, and plays. */
const assertShows = Effect.fnUntraced(function* (step: Step, message: Message | undefined) {
  assert.isNotEmpty(wordsOf(message), step.id)
  switch (step.kind) {
    case "video":
      assert.isDefined(message?.video, step.id)
      return assertMp4(yield* fileOf(message?.video?.file_id))
    case "voice":
      assert.isDefined(message?.voice, step.id)
      return assert.isAbove(mp3Seconds(yield* fileOf(message?.voice?.file_id)), 2)
    case "question":
      return assert.lengthOf(buttonsOf(message), step.choices.length)
    case "finish":
      assert.strictEqual(message?.effect_id, step.effect)
      return assert.deepStrictEqual(
        message?.reply_markup?.inline_keyboard.flat().map(({ copy_text, url }) => url ?? copy_text?.text) ?? [],
        [step.url, step.code].filter((shown) => shown !== undefined),
      )
    default:
      return
  }
})

/** Takes somebody from /start to the end along their answers, one button after the other, and looks at every message. */
export const walk = Effect.fnUntraced(function* (
  { flow }: Pick<BrandValue, "flow">,
  chatId: number,
  from: { readonly first_name: string; readonly language_code: string },
  answers: Answers,
) {
  const person = visitor(chatId, from)
  const path = pathOf(flow, answers)
  let came = yield* person.says("/start")
  for (const [index, step] of path.entries()) {
    const [message] = came.messages
    assert.strictEqual(came.event.outcome, "applied", step.id)
    yield* assertShows(step, message)
    assert.strictEqual((yield* person.stored)?.state, step.state)
    const button = goesOn(step, path[index + 1], answers)
    if (button === undefined) continue
    assert.include(buttonsOf(message), button)
    came = yield* person.taps(button)
  }
  const user = yield* person.stored
  assert.deepStrictEqual(
    Object.keys(user?.state_progress ?? {}),
    path.map(({ id }) => id),
  )
  return user
})
