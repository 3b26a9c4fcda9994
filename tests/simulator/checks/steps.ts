import { type Flow, newState, type Step } from "@concierge/core/onboarding/Flow.ts"
import type { User } from "@concierge/core/onboarding/User.ts"
import { baseOf } from "../recordUsers.ts"
import type { Check, Evidence, Move } from "./Evidence.ts"

// Worked out from the flow as the brand wrote it down, and not by the code under test.

/** The step that a commit says was received; undefined: none, or more than one. */
export const receivedBy = ({ after, before }: Move, flow: Flow): Step | undefined => {
  const fresh = Object.keys(after.state_progress).filter((id) => !Object.hasOwn(before.state_progress, id))
  return fresh.length === 1 ? flow.steps.find(({ id }) => id === fresh[0]) : undefined
}

/** The only step that may come next; undefined: none may. */
export const dueAfter = (flow: Flow, before: User, answers: User["answers"]): Step | undefined => {
  const furthest = flow.steps.findLast(({ id }) => Object.hasOwn(before.state_progress, id))
  if (furthest === undefined) return flow.steps[0]
  if (furthest.kind === "finish") return undefined
  const answer = answers?.[furthest.id]
  if (furthest.kind === "question" && answer === undefined) return undefined
  const chosen = furthest.kind === "question" ? furthest.choices.find(({ id }) => id === answer) : undefined
  const next = chosen?.next ?? furthest.next
  return next === undefined ? flow.steps[furthest.index + 1] : flow.steps.find(({ id }) => id === next)
}

/** Whether a move is to the one step that was due, along what was answered. */
export const isLegalStep = (move: Move, { deeds, schedule }: Evidence): boolean => {
  const { flow } = schedule.brand
  const { after, before, event } = move
  const step = receivedBy(move, flow)
  const furthest = flow.steps.findLast(({ id }) => Object.hasOwn(before.state_progress, id))
  const expected = { ...before.answers }
  if (furthest?.kind === "question") {
    const [tag, question, choice] = deeds.get(baseOf(event))?.name.split(":") ?? []
    if (tag !== "answer" || question !== furthest.id || choice === undefined) return false
    expected[question] = choice
  }
  return (
    step !== undefined &&
    step === dueAfter(flow, before, expected) &&
    step.state === after.state &&
    isSame(after.answers, expected) &&
    (after.finished_at !== undefined) === (step.kind === "finish") &&
    (before.state === newState || Object.keys(before.state_progress).length > 0)
  )
}

/** What was answered stays through a run, and is given by moves only. */
export const answersKept: Check = ({ history }) =>
  history.writes.flatMap(({ after, before, event, method }) =>
    after === undefined ||
    before === undefined ||
    after.run !== before.run ||
    after.state !== before.state ||
    isSame(after.answers, before.answers)
      ? []
      : [`ANSWER ${method} of ${event} changed what was answered`],
  )

const isSame = (one: User["answers"], other: User["answers"]): boolean =>
  JSON.stringify(Object.entries(one ?? {}).toSorted()) === JSON.stringify(Object.entries(other ?? {}).toSorted())
